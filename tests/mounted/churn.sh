#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Objects come and go while others read: nothing is left of them. CYCLES: how often.
. "$(dirname "$0")/lib.sh"
mount_start -o load
LOAD=$MOUNT/load
cycles=${CYCLES:-$(count_of 60)}
READERS=16
readers=()
cleanup() {
	[ ${#readers[@]} -eq 0 ] || kill "${readers[@]}" 2>/dev/null
}

# read_on: what there is at the moment, on and on
read_on() {
	while [ ! -e "$SCRATCH/stop" ]; do
		cat "$MOUNT"/iters/own*/rows.json "$MOUNT"/iters/own*/text "$MOUNT"/iters/own/params/* 2>/dev/null
		echo 020000000002020000000001 88b5 010203040a0000010a000002 2>/dev/null >"$MOUNT/dissect/toy/input"
		cat "$MOUNT/dissect/toy/explain" "$LOAD"/*.log 2>/dev/null
	done >/dev/null
}

cycle() {
	cp "$TOOLS/own.bpf.o" "$TOOLS/toy.bpf.o" "$LOAD" || return
	mkdir "$MOUNT/iters/own+web" || return
	echo 5 >"$MOUNT/iters/own+web/params/factor" || return
	echo $(($1 % 100)) >"$MOUNT/iters/own/params/least_pid" || return
	cp "$TOOLS/own.bpf.o" "$LOAD" || return
	rm "$LOAD/own.bpf.o" "$LOAD/toy.bpf.o"
}

# held: the daemon's descriptors, and the programs and maps of the objects
held() {
	find "/proc/$DAEMON/fd" | wc -l
	bpftool -j prog show | jq '[.[] | select(.name == "rows" or .name == "toy" or .name == "text")] | length'
	bpftool -j map show | jq '[.[] | select(.name | startswith("own") or startswith("toy"))] | length'
}
# settled: once that is as it was, or after a while
settled() {
	for _ in $(seq 100); do
		[ "$(held)" != "$before" ] || break
		sleep 0.05
	done
	held
}
memory() { sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$DAEMON/status"; }

cycle 0 || fail "a first cycle"
before=$(held)
for _ in $(seq $READERS); do
	read_on &
	readers+=($!)
done
failed=0
half=0
for ((i = 1; i <= cycles; i++)); do
	cycle $i || failed=$((failed + 1))
	[ $i -ne $((cycles / 2)) ] || half=$(memory)
done
touch "$SCRATCH/stop"
wait "${readers[@]}"
readers=()
same "$cycles cycles of loading while $READERS read" 0 "$failed"
same "descriptors, programs and maps are as before" "$before" "$(settled)"
[ -n "$SANITIZE" ] || ok "memory does not grow: $half and $(memory) kB" [ "$(memory)" -lt $((half + half / 4 + 2000)) ]
