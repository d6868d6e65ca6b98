#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# maps/<id>: large maps, maps that change while they are read, and maps that go.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/maps_lib.sh"
mount_start
maps=$MOUNT/maps

ROWS=$(count_of 1000000)
make_map hash 4 8 "$ROWS" "$ROWS"
cat "$maps/$id" >"$SCRATCH/table"
same "$ROWS elements: rows" "$ROWS" "$(rows_of "$SCRATCH/table")"
same "$ROWS elements: each once" "$ROWS" "$(sed 1d "$SCRATCH/table" | cut -c 1-8 | sort -u | wc -l)"
same "$ROWS elements: right" 0 "$(rows_wrong <"$SCRATCH/table")"
same "$ROWS elements: lines of JSON" "$ROWS" "$(wc -l <"$maps/$id.json")"
unmake_map "$maker"

ROWS=$(count_of 50000)
make_map array 4 1000 "$ROWS" "$ROWS"
cat "$maps/$id" >"$SCRATCH/table"
same "$ROWS values of 1000 bytes: rows" "$ROWS" "$(rows_of "$SCRATCH/table")"
same "$ROWS values of 1000 bytes: right" 0 "$(rows_wrong <"$SCRATCH/table")"
same "$ROWS values of 1000 bytes: bytes" $((ROWS * 2000)) "$(awk 'NR > 1 { n += length($2) } END { print n }' "$SCRATCH/table")"
unmake_map "$maker"

# staying COUNT: of a map of so many that churns, the rows of the lower half, which are replaced but
# never deleted: how many rows and how many keys
staying() {
	awk -v end="$(printf %04x $(($1 / 2)))" '
		NR > 1 && substr($1, 5, 4) == "0000" && substr($1, 3, 2) substr($1, 1, 2) < end {
			rows++
			if (!seen[$1]++) keys++
		}
		END { print rows + 0, keys + 0 }'
}
# read_together ID NAME ROWS COUNT: many readers at once, each twice; tables of ROWS rows, all right; of
# COUNT elements those that stay are there, once
READERS=$((SMALL ? 4 : 16))
TABLES=$((2 * READERS))
read_together() {
	local readers=() reader
	for reader in $(seq $READERS); do
		for _ in 1 2; do
			cat "$maps/$1" >"$SCRATCH/table.$reader" || echo "cat failed"
			echo "$(rows_of "$SCRATCH/table.$reader") $(rows_wrong <"$SCRATCH/table.$reader")" \
				"$(head -n 1 "$SCRATCH/table.$reader" | tr -s ' ')"
			echo "staying $(staying "$4" <"$SCRATCH/table.$reader")"
		done >"$SCRATCH/result.$reader" 2>&1 &
		readers+=($!)
	done
	wait "${readers[@]}"
	same "$2: $TABLES tables, no row is a mixture" "$TABLES" \
		"$(cat "$SCRATCH"/result.* | grep -cE "^$3 0 KEY VALUES?\$")"
	# Others are evicted when it suits the kernel.
	[[ $2 == *lru_* ]] || same "$2: $TABLES tables, what stays has one row" \
		"$TABLES staying $(($4 / 2)) $(($4 / 2))" \
		"$(cat "$SCRATCH"/result.* | grep ^staying | sort | uniq -c | tr -s ' ' | cut -c 2-)"
	rm "$SCRATCH"/table.* "$SCRATCH"/result.*
}
most=$(count_of 40000)
half=$((most / 2))
for shape in "hash 4 8 $most $half" "hash 4 256 $most $half" "hash 4 2000 2000 1000" \
	"lru_hash 4 8 $most $half" "percpu_hash 4 8 $most $half" "lru_percpu_hash 4 8 $most $half" \
	"hash 4 40000 100 50"; do
	# shellcheck disable=SC2086 # words of their own
	make_map $shape 0 churn
	read_together "$id" "$shape, changing" "[1-9][0-9]*" "${shape##* }"
	unmake_map "$maker"
done
make_map array 4 8 "$half" "$half" 0 churn
read_together "$id" "array, changing" "$half" "$half"
unmake_map "$maker"

# From a key that is gone the kernel would begin anew.
make_map lpm_trie 8 4 4000 4000 1 churn
for reader in 1 2 3; do
	cat "$maps/$id" >"$SCRATCH/table"
	same "lpm_trie, changing: what stays is there once, reading $reader" "2000 0" "$(awk '
		NR > 1 && ($1 != 32 || $2 != $3) { wrong++ }
		NR > 1 && substr($2, 3, 2) substr($2, 1, 2) < "07d0" { print $2 }
		END { print wrong + 0 }' "$SCRATCH/table" |
		awk '/^.$/ { wrong = $1; next } !seen[$1]++ { kept++ } { rows++ }
			END { print kept, wrong + rows - kept }')"
done
unmake_map "$maker"

# Prefixes in prefixes: of each length one on the way to 10.85.170.255, and one beside it.
make_map lpm_trie 8 4 100 20 1
for length in $(seq 0 32); do
	for address in $((0x0a55aaff)) $((0x0a55aaff ^ (length ? 1 << (32 - length) : 0))); do
		((length)) && address=$((address & -1 << (32 - length))) || address=0
		printf 'map update id %s key %s %s value 1 0 0 0\n' "$id" "$length 0 0 0" \
			"$((address >> 24 & 255)) $((address >> 16 & 255)) $((address >> 8 & 255)) $((address & 255))"
	done
done >"$SCRATCH/updates"
bpftool batch file "$SCRATCH/updates" >/dev/null
same "lpm_trie of nested prefixes: each once" "$(bpftool -j map dump id "$id" | jq length) 85" \
	"$(rows_of "$maps/$id") $(sed 1d "$maps/$id" | sort -u | wc -l)"
unmake_map "$maker"

ROWS=$(count_of 300000)
make_map hash 4 8 "$ROWS" "$ROWS"
exec {table}<"$maps/$id"
read -r line <&"$table"
same "a map that goes: its header" "KEY VALUE" "$(tr -s ' ' <<<"$line")"
unmake_map "$maker"
same "a map that goes: all its rows" "$ROWS" "$(wc -l <&"$table")"
exec {table}<&-
# The kernel frees maps later, in a worker of its own.
for _ in $(seq 200); do
	[ -e "$maps/$id" ] || break
	sleep 0.05
done
fails "a map that is gone" "No such file" cat "$maps/$id"
