#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A table that breaks off in the middle, for want of room here: each reader gets the rows so far and
# then an error; none takes the break for the table's end.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_readers.sh"

ROWS=$(count_of 1000000)
ROOM=$((SMALL ? 2 : 6)) # MiB
mkdir "$SCRATCH/spool"
mount -t tmpfs -o size=${ROOM}m none "$SCRATCH/spool"
cleanup() {
	stop_started
	mount_stop || fail "the daemon ends with 0"
	umount "$SCRATCH/spool"
}
mount_start
make_map "$ROWS"
cat "$MOUNT/maps/$map" >"$SCRATCH/whole"
mount_stop || fail "the daemon ends with 0"
mount_start -o spool="$SCRATCH/spool"
f=$MOUNT/maps/$map

# breaks NAME COMMAND...: it prints the beginning of the table, or nothing, and fails
breaks() {
	local name=$1 status size
	shift
	{
		"$@" >"$SCRATCH/got"
		status=$?
	} 2>"$SCRATCH/got.err"
	if [ "$status" -eq 0 ]; then
		fail "$name: fails" "exit $status, $(wc -c <"$SCRATCH/got") bytes"
		return
	fi
	sed -i '$ s/ *$//' "$SCRATCH/got" # the blanks up to the page's end
	size=$(($(stat -c %s "$SCRATCH/got") - 1))
	[ "$size" -gt 0 ] || size=0
	ok "$name: fails" cmp -n "$size" "$SCRATCH/whole" "$SCRATCH/got"
}
breaks cat cat "$f"
same "cat says why" "No space left on device" "$(sed 's/.*: //' "$SCRATCH/got.err")"
rows=$(wc -l <"$SCRATCH/got")
[ "$rows" -gt $((ROWS / 10)) ]
same "cat: most of what there was room for" 0 $?
same "the reason is in errors" 1 \
	"$(grep "maps/$map.*no.x20room.x20for.*spool=" "$MOUNT/errors" | cut -d ' ' -f 3- | sort -u | wc -l)"
breaks "busybox cat" busybox cat "$f"
breaks cp cp "$f" "$SCRATCH/x"
breaks dd dd if="$f" bs=1M status=none
breaks tac tac "$f"
breaks tail tail -n 3 "$f"
breaks "wc -l" eval "wc -l $f >/dev/null"
breaks sort sort "$f"
breaks md5sum md5sum "$f"
breaks cmp cmp "$f" "$SCRATCH/whole"
breaks "python3 read()" python3 -c 'import sys; sys.stdout.write(open(sys.argv[1]).read())' "$f"
breaks "python3 copyfile" python3 -c 'import shutil, sys; shutil.copyfile(*sys.argv[1:])' "$f" "$SCRATCH/x"
for way in bytes odd large nonblock direct readv poll pread sendfile splice copy_file_range private shared \
	seek; do
	breaks "C: $way" "$TOOLS/read_ways" $way "$f"
done
# Some begin at the end: the last block has to be all error, or its rest would be taken for it.
breaks "python3, the last block" python3 -c 'import os, sys
file = os.open(sys.argv[1], os.O_RDONLY)
size = os.lseek(file, 0, os.SEEK_END)
for block in 4096, 8192, 65536, 131072:
    try:
        os.pread(file, block, (size - 1) // block * block)
        print("block", block)
        sys.exit(0)
    except OSError:
        pass
sys.exit(1)' "$f"
make_map 300
same "others go on" 301 "$(wc -l <"$MOUNT/maps/$map")"
for _ in $(seq 100); do
	[ -n "$(find "/proc/$DAEMON/fd" -lname "$SCRATCH/spool/*")" ] || break
	sleep 0.05
done
same "the room is free again" 0 "$(df --output=used "$SCRATCH/spool" | tail -n 1 | tr -d ' ')"
