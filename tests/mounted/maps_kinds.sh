#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# maps/<id>: each kind of map, sizes from none to more than an iterator's buffer, and names that are not there.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/maps_lib.sh"
mount_start
maps=$MOUNT/maps

# table FILE: header and sorted rows, one blank between cells
table() {
	awk '{ $1 = $1 } NR == 1 { print; fflush(); next } { print | "sort" }' "$1"
}

for kind in hash lru_hash array; do
	make_map $kind 4 6 3 3
	same "$kind without types" $'KEY VALUE\n00000000 000000000000\n01000000 010000000100
02000000 020000000200' "$(table "$maps/$id")"
done
make_map hash 4 6 100 2 1
same "hash not preallocated, as CSV" $'00000000,000000000000\n01000000,010000000100\nkey,value' \
	"$(sort "$maps/$id.csv")"
for kind in percpu_hash lru_percpu_hash percpu_array; do
	make_map $kind 4 4 2 2
	cpus=$(bpftool -j map dump id "$id" | jq '.[0].values | length')
	same "$kind without types" "$(jq -nc --argjson cpus "$cpus" '("00000000", "01000000") as $v |
		{key: $v, values: [range($cpus) | {cpu: ., value: $v}]}')" "$(sort "$maps/$id.json")"
done

make_map hash 4 8 10 0
same "an empty map is its header" "KEY VALUE" "$(cat "$maps/$id")"
same "an empty map as JSON is empty" 0 "$(wc -c <"$maps/$id.json")"
same "an empty map as CSV is its header" "key,value" "$(cat "$maps/$id.csv")"
make_map hash 4 8 10000000 1 1
same "one element in a map for ten million" $'KEY VALUE\n00000000 0000000000000000' \
	"$(table "$maps/$id")"

# The stack of a program holds a key of 512 bytes, the buffer of an iterator a row of 32767.
while read -r kind key value; do
	make_map "$kind" "$key" "$value" 3 3
	cat "$maps/$id" >"$SCRATCH/table"
	same "$kind, key of $key, value of $value bytes: 3 rows, right" "3 0" \
		"$(rows_of "$SCRATCH/table") $(rows_wrong <"$SCRATCH/table")"
	same "$kind, key of $key, value of $value bytes: whole" "$((key * 2)) $((value * 2))" \
		"$(awk 'NR > 1 { print length($1), length($2) }' "$SCRATCH/table" | sort -u)"
done <<'END'
hash 4 1
hash 5 3
hash 9 65
hash 512 16
hash 513 16
hash 100000 8
hash 4 32759
hash 4 32760
lru_hash 4 32760
array 4 32760
hash 512 32255
hash 512 32256
array 4 1000000
hash 1000 1000000
END
for kind in percpu_array percpu_hash; do
	make_map $kind 4 32768 3 3
	same "$kind, value of 32768 bytes: 3 rows, right" "3 0" \
		"$(wc -l <"$maps/$id.json") $(rows_wrong <"$maps/$id")"
	same "$kind, value of 32768 bytes: whole" 65536 \
		"$(jq -r '.values[].value | length' "$maps/$id.json" | sort -u)"
done
make_map array 4 9000000 1 1
fails "a row of 9 MB: refused" "Argument list too long" cat "$maps/$id"
ok "a row of 9 MB: words" grep -F "9000004" "$MOUNT/errors"

for name in 999999999 0 no_such_map 01 +1 -1 4294967296 18446744073709551617 1.xml 1.json.csv ''; do
	fails "maps/$name: not there" "$([ -n "$name" ] && echo "No such file" || echo "directory")" \
		cat "$maps/$name"
done
# BPF_F_RDONLY_PROG is 128.
for shape in "array 4 8 4 4 128" "array 4 8 4 4 128 freeze" "hash 4 8 4 4 128 freeze" \
	"hash 4 8 4 4 0 freeze"; do
	# shellcheck disable=SC2086 # words of their own
	make_map $shape
	before=$(bpftool -j map dump id "$id")
	same "$shape: can be read" 0 "$(rows_wrong <"$maps/$id")"
	same "$shape: is unchanged" "$before" "$(bpftool -j map dump id "$id")"
done

# The last of these is a hash map, whose program refers to it. A program is freed some time later.
for _ in $(seq 100); do
	left=$(bpftool -j prog show | jq --argjson id "$id" '[.[] | select(.map_ids // [] | index($id))] | length')
	[ "$left" -ne 0 ] || break
	sleep 0.05
done
same "no program is left loaded" 0 "$left"
