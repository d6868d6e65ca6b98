#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# An element that is shown among 3,000,000 that are not, 10,000 maps, and one of 15,000 sockets.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_worlds.sh"

# read_odd PROGRAM COUNT INDEX...: its rows, and how often the kernel broke off without one
read_odd() { "$TOOLS/odd_iterators" "$TOOLS/odd_iterators.bpf.o" "$@" | paste -sd ,; }

if refuses_elements; then
	skip "elements that are not shown" "$REFUSES_ELEMENTS"
else
	# It does so after each million of objects without a row: an end, for those who don't ask again.
	same "the last of 3,000,000 elements" "2999999 1,retries 2" "$(read_odd silent 3000000 2999999)"
	same "one in the middle" "1500000 1,retries 1" "$(read_odd silent 3000000 1500000)"
	same "the first" "0 1,retries 1" "$(read_odd silent 3000000 0)"
	same "none" "retries 2" "$(read_odd silent 3000000)"
	same "each side of a break" "999999 1,1000000 2,1999999 3,2000000 4,retries 0" \
		"$(read_odd silent 3000000 999999 1000000 1999999 2000000)"
	same "the rows before one that no buffer holds, and an error" \
		"5 1,99 2,E2BIG: a row is larger than the kernel's iterator buffer" \
		"$(read_odd large 1000 5 99 100 101)"
fi

mount_start
count=$(count_of 10000)
world many_maps "$count"
seq -f many_%.0f 0 $((count - 1)) >"$SCRATCH/expected"
jq -r '.name | strings | select(test("^many_[0-9]+$"))' "$MOUNT/maps/list.json" >"$SCRATCH/actual"
once "$count maps in maps/list" "$SCRATCH/expected" "$SCRATCH/actual"
jq 'select(.name // "" | test("^many_[0-9]+$")).id' "$MOUNT/maps/list.json" >"$SCRATCH/expected"
find "$MOUNT/maps" -mindepth 1 -printf '%f\n' | grep -Fx -f "$SCRATCH/expected" >"$SCRATCH/actual"
once "$count maps by ls" "$SCRATCH/expected" "$SCRATCH/actual"
same "the last of them by its name" "KEY VALUE 00000000 0000000000000000" \
	"$(tr -s ' \n' ' ' <"$MOUNT/maps/many_$((count - 1))" | sed 's/ $//')"
unmake "$PID"

if refuses_elements; then
	skip "15000 sockets of a map" "$REFUSES_ELEMENTS"
	exit
fi
# Whenever its buffer is full the kernel goes back to the first element of a bucket.
count=$(count_of 15000)
world many_hashed "$count"
seq 0 $((count - 1)) >"$SCRATCH/expected"
cells KEY <"$MOUNT/maps/$WORLD" | sed 's/\(..\)\(..\)\(..\)\(..\)/0x\4\3\2\1/' |
	xargs printf '%d\n' >"$SCRATCH/actual"
once "$count sockets of a map" "$SCRATCH/expected" "$SCRATCH/actual"
