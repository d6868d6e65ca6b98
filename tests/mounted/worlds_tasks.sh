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
unmake "$PID"

count=$(count_of 20000)
world many_areas "$count"
awk '!/vsyscall/ {
	sub(/-.*/, "", $1)
	while (length($1) < 16) $1 = "0" $1
	print "0x" $1, (NF > 5 ? $6 : "-")
}' "/proc/$PID/maps" >"$SCRATCH/expected"
agree "$count mappings" vmas START PATH
