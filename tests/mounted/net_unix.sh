#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# net/unix, against sockets of which all is known, and ss.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_net.sh"

mount_start
make_sockets
ROWS=$SCRATCH/unix.json
table unix >"$ROWS"

# A connection that nobody has accepted has no inode, and ss doesn't list it.
from_ss_unix() {
	inside ss -H -O -x -a -e -n | sed -z 's/\nline/\\nline/g' | sed -E \
		's/^u_(...) +([A-Z]+) +([0-9]+) +([0-9]+) +(.*[^ ]) +([0-9]+) \* ([0-9]+) .*/\1 \2 \3 \4 \6 \7 \5/' |
		sort
}
match "the sockets of ss" "$(from_ss_unix)" "$(jq -r 'select(.inode) |
	"\(.type[:3]) \(.state | sub("LISHED|ECTED"; "")) \(.receive_queue) \(.send_queue) " +
	"\(.inode) \(.peer_inode // 0) \(.path // "*" | sub("\n"; "\\n") | sub("\u0000"; "@"))"' "$ROWS" | sort)"
about "$ROWS"
# known NAME FILTER EXPECTED
known() { ask "$1" "$3" "$2 | tojson"; }
known "an abstract name" 'select(.path == "@abstract\u0000name") | [.type, .state, .inode > 0]' \
	'["dgram","UNCONNECTED",true]'
known "the longest path" 'select(.path | strings | startswith("xx")) | .path | length' 108
known "a path with a newline" 'select(.path == "with blank\nline") | .type' '"dgram"'
known "a pair without a name" 'select(.type == "seqpacket" and .receive_queue == 130) |
	[.messages, .path, .state]' '[2,null,"ESTABLISHED"]'
known "a listener's queue" 'select(.state == "LISTEN") | [.path, .receive_queue, .send_queue]' \
	'["stream",1,5]'
inode=$(jq 'select(.receive_queue == 50) | .inode' "$ROWS")
known "its peer" "select(.peer_inode == $inode) | [.path, .type]" '["stream","stream"]'
known "one that reads no more" 'select(.shutdown == "receive") | .type' '"dgram"'
same "no name forges a row" 0 "$(inside cat "$MOUNT/net/unix" | uneven)"
owners_known
