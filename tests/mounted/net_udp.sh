#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# net/udp, against sockets of which all is known, ss, and /proc/net/udp.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_net.sh"

mount_start
make_sockets
ROWS=$SCRATCH/udp.json
table udp >"$ROWS"

match "the sockets of ss" "$(from_ss -u)" "$(as_ss <"$ROWS")"
# proc_sockets NAME: port, queues, uid, inode, drops
proc_sockets() {
	inside cat "/proc/thread-self/net/$1" | awk 'NR > 1 {
		split($2, address, ":")
		split($5, queue, ":")
		print address[2], queue[1], queue[2], $8, $10, $13
	}' | while read -r port send receive rest; do
		echo "$((16#$port)) $((16#$send)) $((16#$receive)) $rest"
	done
}
match "queues, owner and drops of /proc/net" \
	"$( (proc_sockets udp && proc_sockets udp6) | sort)" \
	"$(jq -r '"\(.local_port) \(.send_queue) \(.receive_queue) \(.uid) \(.inode) \(.drops)"' \
		"$ROWS" | sort)"
about "$ROWS"
# known NAME LOCAL-PORT FILTER EXPECTED
known() { ask "$1" "$4" "select(.local_port == $2) | $3 | tojson"; }
known "what doesn't fit is dropped" 3001 \
	'[.state, .drops > 0, .receive_queue > 1000, .remote_port]' '["UNCONNECTED",true,true,null]'
known "connected" 3002 '[.state, .remote_address, .remote_port, .drops, .protocol]' \
	'["ESTABLISHED","127.0.0.1",3001,0,"udp"]'
known "IPv6, connected" 3003 '[.family, .local_address, .remote_port]' '["inet6","::1",3004]'
known "bound to an interface" 3005 '[.local_address, .interface, .ifindex]' '["::","lo",1]'
owners_known
