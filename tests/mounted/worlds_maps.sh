#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# An element that is shown among 3,000,000 that are not, and 10,000 maps.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_worlds.sh"

# The kernel breaks a walk off after each million of objects without a row: an end, for those who
# don't ask again. Rows, and how often it does so.
silent() {
	"$TOOLS/silent_elements" "$TOOLS/silent_elements.bpf.o" 3000000 "$@" | paste -sd ,
}
same "the last of 3,000,000 elements" "2999999 3,retries 2" "$(silent 2999999)"
same "one in the middle" "1500000 3,retries 1" "$(silent 1500000)"
same "the first" "0 3,retries 1" "$(silent 0)"
same "none" "retries 2" "$(silent)"
same "each side of a break" "999999 3,1000000 4,1999999 5,2000000 6,retries 0" \
	"$(silent 999999 1000000 1999999 2000000)"

mount_start
count=$(count_of 10000)
world many_maps "$count"
seq -f many_%.0f 0 $((count - 1)) >"$SCRATCH/expected"
jq -r '.name | strings | select(startswith("many_"))' "$MOUNT/maps/list.json" >"$SCRATCH/actual"
once "$count maps in maps/list" "$SCRATCH/expected" "$SCRATCH/actual"
jq 'select(.name // "" | startswith("many_")).id' "$MOUNT/maps/list.json" >"$SCRATCH/expected"
find "$MOUNT/maps" -mindepth 1 -printf '%f\n' | grep -Fx -f "$SCRATCH/expected" >"$SCRATCH/actual"
once "$count maps by ls" "$SCRATCH/expected" "$SCRATCH/actual"
same "the last of them by its name" "KEY VALUE 00000000 0000000000000000" \
	"$(tr -s ' \n' ' ' <"$MOUNT/maps/many_$((count - 1))" | sed 's/ $//')"
