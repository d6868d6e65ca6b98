#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# sockets, against sockets of which all is known, /proc and ss. Read from another namespace.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_net.sh"

mount_start
make_sockets
ROWS=$SCRATCH/sockets.json
grep "^{\"pid\":$owner," "$MOUNT/sockets.json" >"$ROWS"

match "the descriptors of /proc" \
	"$(find "/proc/$owner/fd" -lname 'socket:*' -printf '%f %l\n' | tr -dc '0-9 \n' | sort)" \
	"$(jq -r '"\(.fd) \(.inode)"' "$ROWS" | sort)"

from_ss_p() {
	inside ss -H -O -tunape | grep "pid=$owner," | sed -E '
		s/^([a-z]+) +([A-Z0-9-]+) +[0-9]+ +[0-9]+ +([^ ]+) +([^ ]+) .*fd=([0-9]+).* ino:([0-9]+) sk:([0-9a-f]+).*/\1 \2 \3 \4 \5 \6 \7/
		s/ (0\.0\.0\.0|\[::\]|\*)([%:])/ any\2/g
		s/ ESTAB / ESTABLISHED /; s/ UNCONN / CLOSE /
		s/([A-Z])-WAIT-([12])/\1_WAIT\2/; s/([A-Z])-([A-Z])/\1_\2/' | sort
}
match "the rows of ss -tunap" "$(from_ss_p)" "$(jq -r '
	def host($a; $port; $device):
		(if $a == "::" or $a == "0.0.0.0" then "any"
			elif .family == "inet6" then "[\($a)]" else $a end)
		+ (if $device then "%" + $device else "" end) + ":\($port // "*")";
	select(.protocol == "tcp" or .protocol == "udp")
	| "\(.protocol) \(.state) \(host(.local_address; .local_port; .interface)) " +
	"\(host(.remote_address; .remote_port; null)) \(.fd) \(.inode) \(.cookie)"' "$ROWS" |
	sed 's/0x0*\([^ ]*\)$/\1/' | sort)"

# A name with a newline is two lines of ss.
from_ss_xp() {
	inside ss -H -O -xnape | sed -z 's/\nline/\\nline/g' | grep "pid=$owner," | sed -E \
		's/^u_(...) +[A-Z]+ +[0-9]+ +[0-9]+ +(.*[^ ]) +([0-9]+) \* ([0-9]+) .*fd=([0-9]+).*/\1 \5 \3 \4 \2/' |
		sort
}
match "the rows of ss -xp" "$(from_ss_xp)" "$(jq -r 'select(.family == "unix") |
	"\(.type[:3]) \(.fd) \(.inode) \(.peer_inode // 0) " +
	"\(.path // "*" | sub("\n"; "\\n") | sub("\u0000"; "@"))"' "$ROWS" | sort)"

about "$ROWS"
# known NAME FILTER EXPECTED
known() { ask "$1" "$3" "$2 | tojson"; }
known "an abstract name" 'select(.path == "@abstract\u0000name") | .type' '"dgram"'
known "the longest path" 'select(.path | strings | startswith("xx")) | .path | length' 108
known "one that isn't bound has no path" 'select(.family == "unix" and .type == "seqpacket"
	and .path == null) | .state' '"ESTABLISHED"
"ESTABLISHED"'
same "netlink's protocols" "generic kobject_uevent route " \
	"$(jq -r 'select(.family == "netlink") | .protocol' "$ROWS" | sort | tr '\n' ' ')"
known "a protocol of another family is none of IP's" 'select(.family == "packet") |
	[.type, .protocol, .state]' '["raw",null,"CLOSE"]'
known "bound to an interface" 'select(.protocol == "udp" and .interface == "lo") |
	[.ifindex, .local_address, .local_port]' '[1,"::",3005]'
same "the namespace is that of the process" "$(readlink "/proc/$owner/ns/net" | tr -dc 0-9)" \
	"$(jq .net_ns "$ROWS" | sort -u)"
same "owner and name" '0 "known_sockets"' "$(jq -r '"\(.uid) \"\(.comm)\""' "$ROWS" | sort -u)"
same "LISTEN is in the sixth column" yes "$(awk '$6 == "LISTEN" { found = "yes" } END { print found }' \
	"$MOUNT/sockets")"
same "no name forges a row" 0 "$(uneven <"$MOUNT/sockets")"
