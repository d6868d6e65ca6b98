#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# net/netlink, against sockets of which all is known, and /proc/net/netlink.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_net.sh"

mount_start
make_sockets
ROWS=$SCRATCH/netlink.json
table netlink >"$ROWS"

# Protocol, port id, queues, dumping, drops, inode, and the first 32 groups.
match "the sockets of /proc/net/netlink" \
	"$(inside cat /proc/thread-self/net/netlink | awk 'NR > 1 { print $3, $5, $6, $7 + 0, $9, $10, $4 }' |
		sort)" \
	"$(jq -r '"\(.portid) \(.receive_queue) \(.send_queue) \(if .dump == "running" then 1 else 0 end) " +
		"\(.drops) \(.inode) \([(.groups // [] | .[] | select(. <= 32) | exp2 / 2)] | add // 0)"' \
		"$ROWS" | while read -r -a words; do
			printf '%s %s %s %s %s %s %08x\n' "${words[@]}"
		done | sort)"
about "$ROWS"
# known NAME PROTOCOL FILTER EXPECTED: of the socket that the test made
known() {
	ask "$1" "$4" "select(.protocol == \"$2\" and .portid == $owner) | $3 | tojson"
}
known "groups past the first 32" route '[.groups, .uid]' '[[1,3,33],0]'
known "uevents" kobject_uevent .groups '[1]'
known "no group" generic .groups null
ask "the kernel's own has port id 0" found 'select(.protocol == "route" and .portid == 0) | "found"'
owners_known
