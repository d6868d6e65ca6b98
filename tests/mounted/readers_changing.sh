#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# An open is a snapshot, and a new open a new run: tables whose rows change between opens and while
# many read them at once, sizes before and after an open, names and attributes that run nothing.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_readers.sh"
mount_start

# status_of: but for its own row, which its reading changes
status_of() { jq -c 'select(.name != "status")' "$MOUNT/status.json"; }

# Names and attributes.
before=$(status_of)
same "nothing is loaded at first" "" "$(jq 'select(.state == "loaded")' <<<"$before")"
ls -laR "$MOUNT" >"$SCRATCH/listing" 2>&1
stat "$MOUNT"/* "$MOUNT"/maps/* "$MOUNT/tasks.json" >"$SCRATCH/attributes"
same "only README and headers have a size" "$MOUNT/README" \
	"$(find "$MOUNT" -path "$MOUNT/include" -prune -o -type f -size +0 -print 2>/dev/null)"
du -a "$MOUNT" >/dev/null 2>&1
same "ls, stat, find and du run nothing" "$before" "$(status_of)"
cat "$MOUNT/tasks" >/dev/null
[ "$(status_of)" != "$before" ]
same "a reader is seen in status" 0 $?
before=$(status_of)
ls -la "$MOUNT" >/dev/null && stat "$MOUNT/tasks" >/dev/null
same "nor do they after it" "$before" "$(status_of)"

# Sizes.
make_map 300
for file in tasks maps/list maps/"$map" tasks.json; do
	same "$file: stat before an open" 0 "$(stat -c %s "$MOUNT/$file")"
	exec {opened}<"$MOUNT/$file"
	size=$(stat -L -c %s /dev/fd/"$opened")
	same "$file: fstat of an open one" "$(wc -c <&"$opened")" "$size"
	same "$file: stat by name during an open" 0 "$(stat -c %s "$MOUNT/$file")"
	exec {opened}<&-
done

# Opens.
exec {opened}<"$MOUNT/tasks"
cat <&"$opened" >"$SCRATCH/first"
sleep 1000 &
started+=($!)
later=$!
cat "$MOUNT/tasks" >"$SCRATCH/second"
same "a new open is a new run" "0 1" \
	"$(for i in first second; do grep -cE "^ *$later " "$SCRATCH/$i"; done | paste -sd ' ')"
"$TOOLS/read_ways" pread <&"$opened" >"$SCRATCH/again"
ok "the old one has its old rows" cmp "$SCRATCH/first" "$SCRATCH/again"
exec {opened}<&-
for file in tasks threads progs maps/list maps/"$map" tasks.json; do
	ok "$file: opened by way of its descriptors" "$TOOLS/read_reopen" "$MOUNT/$file"
done

# Readers of one open, while its table is made.
make_map "$(count_of 300000)"
md5sum <"$MOUNT/maps/$map" >"$SCRATCH/sum"
exec {opened}<"$MOUNT/maps/$map"
readers=()
for way in pread private shared pread private shared pread pread; do
	"$TOOLS/read_ways" $way <&"$opened" | md5sum &
	readers+=($!)
done >"$SCRATCH/sums" 2>&1
wait "${readers[@]}"
exec {opened}<&-
same "8 readers of one open" "8 $(cat "$SCRATCH/sum")" "$(uniq -c "$SCRATCH/sums" | sed 's/^ *//')"

# The answer to packets, which begins where the descriptor is after the writes.
packet=$(printf '00%.0s' $(seq 60))
# answer_to COMMAND: what it reads from dissect/input after a packet
answer_to() {
	local both
	exec {both}<>"$MOUNT/dissect/input"
	echo "$packet" >&"$both"
	eval "$1" <&"$both"
	exec {both}<&-
}
answer_to cat >"$SCRATCH/answer"
same "an answer has a row" 2 "$(wc -l <"$SCRATCH/answer")"
for reader in "busybox cat" "cat /dev/stdin" "dd bs=1M status=none" "dd bs=7 status=none" \
	"cp /dev/stdin /dev/stdout" "tail -n +1" /usr/lib/cargo/bin/coreutils/cat; do
	if ! command -v "${reader%% *}" >/dev/null; then
		skip "the answer by $reader" "there is no ${reader%% *}"
		continue
	fi
	answer_to "$reader" >"$SCRATCH/answer.other"
	ok "the answer by $reader" cmp "$SCRATCH/answer" "$SCRATCH/answer.other"
done

# Each thread knows all rows of its map at each open.
for storm in "$(count_of 40) 300" "$(count_of 20) 8000" "2 $((SMALL ? 15000 : 100000))"; do
	# shellcheck disable=SC2086 # two numbers
	ok "16 readers, each ${storm% *} tables of up to ${storm#* } rows" \
		"$TOOLS/read_storm" "$MOUNT/maps" 16 $storm
done

# rows_broken: of a table from standard input, how many rows are not of as many cells as its header
rows_broken() { awk 'NR == 1 { cells = NF } NF != cells { n++ } END { print n + 0, (NR > 1) }'; }

# read_at_once FILE NAME CHECK EXPECTED: 16 readers, each in a way of its own, of a table that changes
ROUNDS=$((SMALL ? 1 : 3))
read_at_once() {
	local ways=(odd large nonblock direct readv poll pread sendfile splice copy_file_range private
		shared seek bytes pread splice) way readers=()
	for way in "${!ways[@]}"; do
		for _ in $(seq $ROUNDS); do
			"$TOOLS/read_ways" "${ways[way]}" "$MOUNT/$1" | $3
		done >"$SCRATCH/way.$way" 2>&1 &
		readers+=($!)
	done
	wait "${readers[@]}"
	same "$2: $((16 * ROUNDS)) tables, all rows whole" "$((16 * ROUNDS)) $4" \
		"$(cat "$SCRATCH"/way.* | sort | uniq -c | tr -s ' ' | sed 's/^ //')"
	rm "$SCRATCH"/way.*
}
(while :; do for i in 1 2 3 4 5 6 7 8; do sleep 0.05 & done; wait; done) &
started+=($!)
json_broken() { jq -s 'all(.[]; .pid and .comm) and length > 1'; }
read_at_once tasks "tasks, changing" rows_broken "0 1"
read_at_once tasks.json "tasks.json, changing" json_broken true
read_at_once threads "threads, changing" rows_broken "0 1"

make_map 20000 churn
# The lower half of the elements stays; each has a value by its key.
elements_broken() { awk 'NR > 1 && (NF != 2 || $2 != $1 $1) { n++ } END { print n + 0, (NR > 10000) }'; }
read_at_once "maps/$map" "a map, changing" elements_broken "0 1"
