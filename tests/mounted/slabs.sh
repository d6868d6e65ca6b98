#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# slabs, against /proc/slabinfo and /sys/kernel/slab.
. "$(dirname "$0")/lib.sh"

mount_start
if [ ! -e "$MOUNT/slabs" ]; then
	skip slabs "$(awk '$1 == "slabs" { print $NF }' "$MOUNT/status")"
	exit
fi

# What doesn't change: name, size of a slot, objects and pages in a slab.
cat "$MOUNT/slabs.json" >"$SCRATCH/table"
ok "the caches are those of /proc/slabinfo, with their sizes" diff \
	<(awk 'NR > 2 { print $1, $4, $5, $6 }' /proc/slabinfo | sort) \
	<(jq -r '"\(.name) \(.slot_size_bytes) \(.objects_per_slab) \(.pages_per_slab)"' \
		"$SCRATCH/table" | sort)

# What changes at any time is between what it was before and after; most of it didn't change.
counts() { awk 'NR > 2 { print $1, $15, $3 }' /proc/slabinfo; }
counts >"$SCRATCH/before"
jq -r '"\(.name) \(.slabs) \(.objects) \(.size_bytes)
	\(.slabs * .pages_per_slab * '"$(getconf PAGESIZE)"')"' "$MOUNT/slabs.json" |
	paste - - >"$SCRATCH/between"
counts >"$SCRATCH/after"
same "slabs and objects are those of /proc/slabinfo" "" \
	"$(awk 'FILENAME ~ /before/ { slabs[$1] = $2; objects[$1] = $3; next }
		FILENAME ~ /after/ { steady[$1] = slabs[$1] == $2 && objects[$1] == $3; next }
		steady[$1] && (slabs[$1] != $2 || objects[$1] != $3)' \
		"$SCRATCH/before" "$SCRATCH/after" "$SCRATCH/between")"
same "the bytes are those of the slabs" "" "$(awk '$4 != $5' "$SCRATCH/between")"
same "there are slabs" yes "$(awk '$2 > 0 { n++ } END { print (n > 20 ? "yes" : n + 0) }' \
	"$SCRATCH/between")"

if [ -d /sys/kernel/slab ]; then
	jq -r '"\(.name) \(.object_size_bytes) \(.align_bytes) \(.aliases)"' "$SCRATCH/table" |
		while read -r name values; do
			folder=/sys/kernel/slab/$name
			[ -d "$folder" ] || continue
			expected="$(cat "$folder/object_size") $(cat "$folder/align") $(
				cat "$folder/aliases")"
			[ "$expected" == "$values" ] || echo "$name: $expected: $values"
		done >"$SCRATCH/difference"
	same "object sizes, alignments and aliases are those of /sys/kernel/slab" "" \
		"$(cat "$SCRATCH/difference")"
else
	skip "aliases" "the kernel has no /sys/kernel/slab"
fi
