#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A process of 20,000 threads, one with 60,000 descriptors, one with 20,000 mappings: each of them has
# one row, in the table of all and in that of the process.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_worlds.sh"

# agree NAME VIEW COLUMN...: these columns of the process have the lines of $SCRATCH/expected
agree() {
	local table
	for table in "$2" "pid/$PID/$2"; do
		cells PID "${@:3}" <"$MOUNT/$table" |
			awk -v pid="$PID" '$1 == pid { print $2, $3 }' >"$SCRATCH/actual"
		once "$1 in ${table/$PID/PID}" "$SCRATCH/expected" "$SCRATCH/actual"
	done
}

mount_start
count=$(count_of 20000)
world many_threads "$count"
(cd "/proc/$PID/task" && grep . ./*/comm | sed 's,^\./,,; s,/comm:, ,') >"$SCRATCH/expected"
same "names of threads" "$({ echo many_threads; seq -f t%.0f 1 $((count - 1)); } | sort | sha1sum)" \
	"$(cut -d ' ' -f 2 "$SCRATCH/expected" | sort | sha1sum)"
agree "$count threads" threads TID COMM
unmake "$PID"

# The daemon reads some 4 MiB ahead of its reader, and then the kernel's walk stands at a thread. When
# that one has ended, the walk is at its end for the kernel. A slow machine hasn't read so far yet, so
# that some rows are waited for.
count=12000
world many_threads "$count" 100
exec {table}<"$MOUNT/pid/$PID/threads.json"
mapfile -n 1001 given <&"$table"
kill -USR1 "$PID"
for _ in $(seq 1000); do
	[ "$(awk '$1 == "Threads:" { print $2 }' "/proc/$PID/status")" -gt 101 ] || break
	sleep 0.02
done
{ printf '%s' "${given[@]}"; cat <&"$table"; } | jq -r '.comm' >"$SCRATCH/rows"
exec {table}<&-
{ echo many_threads; seq -f t%.0f $((count - 100)) $((count - 1)); } >"$SCRATCH/expected"
grep -Fx -f "$SCRATCH/expected" "$SCRATCH/rows" >"$SCRATCH/actual"
once "threads that stay when $((count - 101)) before them end" "$SCRATCH/expected" "$SCRATCH/actual"
same "threads that end have been read in part, none twice" "yes 0" \
	"$(wc -l <"$SCRATCH/rows" | awk -v most="$count" '{ print($1 > 1000 && $1 < most ? "yes" : $1) }') $(
		sort "$SCRATCH/rows" | uniq -d | wc -l)"
unmake "$PID"

# No fewer with SMALL: there a process may have as many.
count=60000
mkdir "$SCRATCH/files"
world many_files "$count" "$SCRATCH/files"
if [ "${WORLD#* }" -lt "$count" ]; then
	skip "$count descriptors" "no process may have more than $((${WORLD#* } + 3)) here"
	count=${WORLD#* }
fi
{
	seq 3 $((count + 2)) | sed "s,.*,& $SCRATCH/files/&,"
	echo "0 $SCRATCH/hold"
	echo "2 $SCRATCH/world.log"
} >"$SCRATCH/expected"
agree "$count descriptors" files FD PATH
exec {table}<"$MOUNT/pid/$PID/files.json"
unmake "$PID"
fails "a process that ends while it is read" "No such file or directory" cat <&"$table"
exec {table}<&-
same "why" "process $PID ended while it was read" \
	"$(jq -r --arg path "pid/$PID/files.json" 'select(.path == $path).message' "$MOUNT/errors.json" | sort -u)"

count=$(count_of 20000)
world many_areas "$count"
awk '!/vsyscall/ {
	sub(/-.*/, "", $1)
	while (length($1) < 16) $1 = "0" $1
	print "0x" $1, (NF > 5 ? $6 : "-")
}' "/proc/$PID/maps" >"$SCRATCH/expected"
agree "$count mappings" vmas START PATH
