#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# links, against what is attached here, and bpftool.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_objects.sh"

mount_start
make_objects
TABLE=$SCRATCH/links.json
cat "$MOUNT/links.json" >"$TABLE"
about "$TABLE"
namespace=$(readlink "/proc/$objects/ns/net" | tr -dc 0-9)
cgroup=$(stat -c %i "$SCRATCH/cgroup/$GROUP/deep")

# known NAME JSON: the row has these columns, and nothing in the others but what all have
known() {
	local name=$1 id
	id=$(id_of link "$name")
	[ -n "$id" ] || return 0
	ask "$name" true "select(.id == $id) | del(.id, .prog_id, .references, .prog_name)
		| with_entries(select(.value != null)) | if . == $2 then true else . end"
	ask "$name: program" "$(id_of prog "$name") $name" \
		"select(.id == $id) | \"\\(.prog_id) \\(.prog_name)\""
}
skip_refused
known known_raw '{"type": "raw_tracepoint", "target": "task_rename"}'
known known_sleeper '{"type": "iter", "attach_type": "trace_iter", "target": "task"}'
known known_iter '{"type": "iter", "attach_type": "trace_iter", "target": "bpf_map_elem",
	"target_map": '"$(id_of map known_hash)"'}'
known known_dissector '{"type": "netns", "attach_type": "flow_dissector", "net_ns": '"$namespace"'}'
known known_xdp '{"type": "xdp", "attach_type": "xdp", "ifindex": 1, "interface": "lo",
	"net_ns": '"$namespace"'}'
known known_tc '{"type": "tcx", "attach_type": "tcx_ingress", "ifindex": 1, "interface": "lo",
	"net_ns": '"$namespace"'}'
known known_egress '{"type": "cgroup", "attach_type": "cgroup_inet_egress",
	"cgroup_id": '"$cgroup"', "cgroup": "/'"$GROUP"'/deep"}'
uprobe=$(id_of link known_uprobe)
if [ "$(printf '%s\n' 6.6 "$(uname -r)" | sort -V | head -n 1)" == 6.6 ]; then
	known known_point '{"type": "perf_event", "attach_type": "perf_event",
		"target": "tracepoint:task_rename"}'
	known known_probe '{"type": "perf_event", "attach_type": "perf_event",
		"target": "kprobe:bpf_fentry_test1"}'
	ask "known_uprobe" '["perf_event","0x0000000000001234",true]' \
		"select(.id == $uprobe) | [.type, .cookie, (.target | test(\"^uprobe:/.*\\\\+0x[0-9a-f]+$\"))]"
	far=$(id_of link known_far_uprobe)
	ask "of a long path, the end" '[127,true]' "select(.id == $far) |
		[(.target | length), (.target | test(\"^uprobe:[.]{3}[/.]*/self/exe\\\\+0x[0-9a-f]+$\"))]"
else
	skip "targets of probes and tracepoints" "a kernel before 6.6 doesn't tell"
	known known_uprobe '{"type": "perf_event", "attach_type": "perf_event"}'
fi
known known_entry '{"type": "tracing", "attach_type": "trace_fentry",
	"target": "bpf_fentry_test1"}'
known known_exit '{"type": "tracing", "attach_type": "trace_fexit", "target": "known_function",
	"target_prog": '"$(id_of prog known_filter_with_a_long_name)"'}'
# Some of it bpftool lacks, or calls otherwise.
bpftool -j link show | jq -c '.[] | [.id, .type, .prog_id, .netns_ino, .cgroup_id, .target_name // .tp_name,
	.map_id, .attach_type] | if .[1] == "tracing" then .[5] = null else . end
	| if .[1] | IN("xdp", "iter", "tracing") then .[7] = null else . end' >"$SCRATCH/bpftool"
for name in known_raw known_iter known_dissector known_egress known_xdp known_exit; do
	id=$(id_of link "$name")
	[ -z "$id" ] || ask "$name: as bpftool" "$(grep "^\[$id," "$SCRATCH/bpftool")" \
		"select(.id == $id) | [.id, .type, .prog_id, .net_ns, .cgroup_id, .target, .target_map,
		.attach_type] | if .[1] == \"tracing\" then .[5] = null else . end
		| if .[1] | IN(\"xdp\", \"iter\", \"tracing\") then .[7] = null else . end
		| if .[1] == \"xdp\" then .[3] = null else . end"
done
same "as text" "raw_tracepoint task_rename -" \
	"$(awk -v id="$(id_of link known_raw)" '$1 == id { print $2, $(NF - 2), $NF }' "$MOUNT/links")"
jq .id "$MOUNT/links.json" | sort >"$SCRATCH/ids"
same "every link of bpftool that is left has its row" "" \
	"$(cut -d , -f 1 "$SCRATCH/bpftool" | tr -d '[' | sort | comm -23 - "$SCRATCH/ids" |
		while read -r id; do bpftool -j link show id "$id" 2>/dev/null | jq .id; done)"

# Each as pins has it, whatever the kernel tells of its type.
mkdir "$SCRATCH/pins"
mount -t bpf bpf "$SCRATCH/pins"
for name in known_uprobe known_raw known_iter known_egress; do
	id=$(id_of link "$name")
	[ -z "$id" ] || bpftool link pin id "$id" "$SCRATCH/pins/$name"
	[ -z "$id" ] || same "$name: its pin" "link $id" "$(jq -r "select(.path == \"$SCRATCH/pins/$name\")
		| \"\(.kind) \(.id)\"" "$MOUNT/pins.json")"
done
umount "$SCRATCH/pins"
rmdir "$SCRATCH/pins"
