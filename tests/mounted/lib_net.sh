#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # what it sets is for those who source it
# Sourced by the tests of net/, after lib.sh: known sockets in a network namespace of their own, and
# what iproute2 says of them. Their tables are read from within that namespace.
mkfifo "$SCRATCH/hold"
exec {hold}<>"$SCRATCH/hold"
owner= # their process

cleanup() {
	[ -z "$owner" ] || kill -KILL "$owner"
	wait "$owner" 2>/dev/null
}

# inside COMMAND...: in the network namespace of the sockets
inside() { nsenter --net="/proc/$owner/ns/net" "$@"; }

# make_sockets: starts known_sockets
make_sockets() {
	mkdir "$SCRATCH/unix"
	# shellcheck disable=SC2016 # the inner shell's
	unshare -n bash -c 'ip link set lo up && ip address add 10.0.0.1/32 dev lo &&
		ip route add 192.0.2.0/24 dev lo && exec "$0" "$1"' "$TOOLS/known_sockets" \
		"$SCRATCH/unix" <"$SCRATCH/hold" >"$SCRATCH/sockets" 2>&1 {hold}>&- &
	owner=$!
	for _ in $(seq 500); do
		grep -qs '^ready$' "$SCRATCH/sockets" && return
		sleep 0.02
	done
	fail "known_sockets starts" "$(cat "$SCRATCH/sockets")"
	exit 1
}

# table NAME: net/NAME as seen from inside, one JSON object a line
table() { inside cat "$MOUNT/net/$1.json"; }

# as_ss: the rows of a table of addresses as lines STATE RECEIVE SEND LOCAL REMOTE INODE COOKIE
as_ss() {
	jq -r 'def host($a; $port; $device):
		(if $a == "::" or $a == "0.0.0.0" then "any"
			elif .family == "inet6" then "[\($a)]" else $a end)
		+ (if $device then "%" + $device else "" end) + ":\($port // "*")";
	"\(.state) \(.receive_queue) \(.send_queue) \(host(.local_address; .local_port; .interface)) " +
	"\(host(.remote_address; .remote_port; null)) \(.inode // 0) \(.cookie)"' |
		sed 's/0x0*\([^ ]*\)$/\1/' | sort
}

# from_ss OPTION...: the same lines from ss
from_ss() {
	inside ss -H -O -n -a -e "$@" | awk '{
		inode = cookie = 0
		for (i = 6; i <= NF; i++) {
			if ($i ~ /^ino:/) inode = substr($i, 5)
			if ($i ~ /^sk:/) cookie = substr($i, 4)
		}
		sub(/^(0\.0\.0\.0|\[::\]|\*)/, "any", $4)
		sub(/^(0\.0\.0\.0|\[::\]|\*)/, "any", $5)
		print $1, $2, $3, $4, $5, inode, cookie
	}' | sed 's/^ESTAB /ESTABLISHED /; s/^UNCONN /UNCONNECTED /
		s/^\([A-Z]*\)-WAIT-\([12]\)/\1_WAIT\2/; s/^\([A-Z]*\)-/\1_/' | sort
}

# match NAME EXPECTED ACTUAL: the same lines, of which there are some
match() {
	local difference
	if difference=$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$3")) && [ -n "$2" ]; then
		pass "$1"
	else
		fail "$1" "${difference:-nothing to compare}"
	fi
}

# owners_known: in the rows at ROWS the process of the sockets is said to hold what it holds
owners_known() {
	local held
	held=$(find "/proc/$owner/fd" -lname 'socket:*' -printf '%l %f known_sockets\n' | tr -dc '0-9a-z_ \n' |
		sed 's/^socket//' | sort)
	jq -r '"\(.pid) \(.inode // "-") \(.fd) \(.comm)"' "$ROWS" | sort >"$SCRATCH/owners"
	same "who holds a socket" "" "$(sed -n "s/^$owner //p" "$SCRATCH/owners" |
		comm -13 <(printf '%s\n' "$held") -)"
	same "a socket without a process" "" "$(sed -n 's/^null \([0-9]*\) .*/\1/p' "$SCRATCH/owners" |
		comm -12 <(cut -d ' ' -f 1 <<<"$held") -)"
	ok "they are held" grep -q "^$owner " "$SCRATCH/owners"
}
