#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Exchanges: private to a descriptor while it is open, the user's last one to all others.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/mounted/captures.bash"
mount_start
OTHER=$MOUNT/dissect/flags/stop_at_encap/input

sport() { tail -n +2 | awk '{ print $17 }' | xargs; }
# frame PORT
frame() { printf '%s%04x%s' "${FRAME:0:68}" "$1" "${FRAME:72}"; }

check_one_descriptor() {
	exec 3<>"$INPUT"
	xxd -r -p <<<"$(frame 1)" >&3
	same "what is written to a descriptor can be read from it" 1 "$(sport <&3)"
	same "and is at its end then" "" "$(cat <&3)"
	xxd -r -p <<<"$(frame 2)" >&3
	same "a write after that begins anew" 2 "$(sport <&3)"
	exec 3>&-
}

# The pieces of one input, each by a process of its own, which closes a copy of the descriptor.
check_pieces() {
	local half=20
	exec 3<>"$INPUT"
	xxd -r -p <<<"${FRAME:0:half}" >&3 2>/dev/null # its close says that this is too short
	xxd -r -p <<<"${FRAME:half}" >&3
	same "a frame in two pieces" 20480 "$(sport <&3)"
	exec 3>&-
	exec 3<>"$INPUT"
	for piece in "$(pcap_header 0xa1b2c3d4 1)$(pcap_packet 1 2 "$(frame 5)" | head -c 50)" \
		"$(pcap_packet 1 2 "$(frame 5)" | tail -c +51)" "$(pcap_packet 1 2 "$(frame 6)")"; do
		xxd -r -p <<<"$piece" >&3
	done
	same "a pcap in three pieces" "5 6" "$(sport <&3)"
	exec 3>&-
}

check_two_descriptors() {
	exec 3<>"$INPUT" 4<>"$INPUT"
	xxd -r -p <<<"$(frame 10)" >&3
	xxd -r -p <<<"$(frame 11)" >&4
	same "two descriptors: the first" 10 "$(sport <&3)"
	same "two descriptors: the second" 11 "$(sport <&4)"
	exec 3>&- 4>&-
	same "an open shows the last exchange" 11 "$(sport <"$INPUT")"
	exec 5<"$INPUT"
	put "$(frame 12)"
	same "an open keeps the exchange that it found" 11 "$(sport <&5)"
	same "a new one finds the newest" 12 "$(sport <"$INPUT")"
	exec 5<&-
}

check_flags() {
	put "$(frame 20)"
	xxd -r -p <<<"$(frame 21)" >"$OTHER"
	same "each set of flags has its last exchange" "20 21" "$(sport <"$INPUT") $(sport <"$OTHER")"
}

# Shells that write and read at the same time, each on a descriptor of its own.
check_shells() {
	local shell
	for shell in 1 2 3 4; do
		for round in $(seq $((SMALL ? 5 : 25))); do
			port=$((shell * 1000 + round))
			exec 3<>"$INPUT"
			printf '%s\n\n%s\n' "$(frame $port)" "$(frame $((port + 500)))" >&3
			[ "$(sport <&3)" == "$port $((port + 500))" ] || echo "shell $shell, round $round" >>"$SCRATCH/wrong"
			exec 3>&-
		done &
		shells[shell]=$!
	done
	wait "${shells[@]}"
	touch "$SCRATCH/wrong"
	same "four shells at once" "" "$(cat "$SCRATCH/wrong")"
}

# A user sees no exchange of another: nobody, let in by the mount's options, has written nothing.
check_users() {
	mount_stop
	chmod 755 "$SCRATCH" ${TMPDIR:+"$TMPDIR"}
	mount_start -o allow_other,mode=0666
	put "$(frame 30)"
	fails "another user's exchange" "No data available" setpriv --reuid=65534 --clear-groups env LC_ALL=C cat "$INPUT"
	setpriv --reuid=65534 --clear-groups bash -c "echo $(frame 31) >$INPUT"
	same "one's own" "30 31" "$(sport <"$INPUT") $(setpriv --reuid=65534 --clear-groups cat "$INPUT" | sport)"
}

check_one_descriptor
check_pieces
check_two_descriptors
check_flags
check_shells
check_users
