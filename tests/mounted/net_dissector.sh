#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# net/dissector, against flow dissectors that are attached here, in namespaces of the test's own.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_objects.sh"
mount_start
make_objects
program=$(id_of prog known_dissector)
namespace=$(readlink "/proc/$objects/ns/net" | tr -dc 0-9)
linked="[$program,$(id_of link known_dissector),$namespace,\"known_dissector\"]"

rows() { jq -c '[.prog_id, .link_id, .net_ns, .name]'; }

same "by a link" "$linked" "$(rows <"$MOUNT/netns/$namespace/dissector.json")"
same "by a link, read inside" "$linked" \
	"$(nsenter --net="/proc/$objects/ns/net" cat "$MOUNT/net/dissector.json" | rows)"
same "as text" "PROG_ID LINK_ID NET_NS NAME" "$(unshare --net cat "$MOUNT/net/dissector" | tr -s ' ')"
# shellcheck disable=SC2016 # expanded in there
same "without a link" "[$program,null,true,\"known_dissector\"]" "$(unshare --net bash -c '
	bpftool prog attach id "$0" flow_dissector >&2
	jq -c --argjson own "$(readlink /proc/self/ns/net | tr -dc 0-9)" \
		"[.prog_id, .link_id, .net_ns == \$own, .name]" "$1/net/dissector.json"' "$program" "$MOUNT")"
kill -KILL "$objects"
wait "$objects" 2>/dev/null
objects=
fails "a namespace that is gone" "No such file" cat "$MOUNT/netns/$namespace/dissector"
