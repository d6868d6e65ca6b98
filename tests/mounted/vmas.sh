#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vmas, against /proc/PID/maps of processes that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_tasks.sh"
KNOWN=$TOOLS/known_area

mount_start

# of_proc PID: a line for each mapping, numbers without leading zeros, a device in decimal. The
# kernel adds the last one, which no process has, by itself.
of_proc() {
	local range permissions offset device inode path
	while IFS=' ' read -r range permissions offset device inode path; do
		[ "$path" != "[vsyscall]" ] || continue
		printf '%x %x %s %x %d:%d %s %s\n' "0x${range%-*}" "0x${range#*-}" "$permissions" \
			"0x$offset" "0x${device%:*}" "0x${device#*:}" "$inode" "$path"
	done <"/proc/$1/maps" | name_heap
}
# Before 6.6 /proc calls heap what only adjoins it, too.
name_heap() {
	awk '$NF == "[heap]" { sub(/\[heap\]$/, "", held) }
		NR > 1 { print held }
		{ held = $0 }
		END { print held }'
}
# of_table PID: the same of the table
of_table() {
	jq -r --argjson pid "$1" 'select(.pid == $pid) | def bare: ltrimstr("0x") | sub("^0+(?=.)"; "");
		"\(.start | bare) \(.end | bare) \(.permissions) \(.offset | bare) " +
		"\(.device // "0:0") \(.inode // 0) \(.path // "" | gsub("\n"; "\\012"))"' \
		"$MOUNT/vmas.json"
}
# agrees NAME: of the process started last
agrees() {
	ok "$1: as /proc/PID/maps" diff <(of_proc "$PID") <(of_table "$PID")
}
# paths PID: the last column as text
paths() { awk -v pid="$1" '$1 == pid { print $NF }' "$MOUNT/vmas" | sort -u; }

start "$KNOWN"
agrees "memory of every kind"
same "each is there" "[heap] [stack] [vdso]" \
	"$(paths "$PID" | grep -Fx -e '[heap]' -e '[stack]' -e '[vdso]' | paste -sd ' ')"
if grep -q named "$OUTPUT"; then
	same "memory with a name" "[anon:known\\x20name]" "$(paths "$PID" | grep anon:)"
else
	skip "memory with a name" "the kernel has no CONFIG_ANON_VMA_NAME"
fi
same "columns" "8192 known_area" "$(awk -v pid="$PID" '$1 == pid && /memfd:known/ {
	print $8, $10 }' "$MOUNT/vmas")"
same "sizes" "" "$(jq -r 'def nibble: if . > 96 then . - 87 else . - 48 end;
	def number: ltrimstr("0x") | explode | reduce .[] as $c (0; . * 16 + ($c | nibble));
	select(.pid == '"$PID"' and (.end | number) - (.start | number) != .size_bytes)' \
	"$MOUNT/vmas.json")"

# mapped NAME FILE-NAME LAST-COLUMN: one whose name is like that
mapped() {
	local file=$SCRATCH/$2
	head -c 32768 /dev/zero >"$file"
	start "$KNOWN" "$file"
	agrees "$1"
	same "$1: as text" "$SCRATCH/$3" "$(paths "$PID" | grep -F "$SCRATCH")"
	rm "$file"
	agrees "$1, deleted"
	same "$1, deleted: as text" "$SCRATCH/$3\\x20(deleted)" "$(paths "$PID" | grep -F "$SCRATCH")"
}
mapped "a file" plain plain
mapped "a name with a newline and a row" $'x\n9999 0x1 0x2 rw-p' 'x\n9999\x200x1\x200x2\x20rw-p'
mapped "a name like the kernel's own" '[heap]' '[heap]'
mapped "a name that says deleted" 'x (deleted)' 'x\x20(deleted)'
file=$SCRATCH/$'\xff'
head -c 32768 /dev/zero >"$file"
start "$KNOWN" "$file"
same "a name that is not UTF-8: as text" "$SCRATCH/\\xff" "$(paths "$PID" | grep -aF "$SCRATCH")"

# A path of more than PATH_MAX, as far as /proc can show it.
name=$(printf 'n%.0s' $(seq 250))
folder=$SCRATCH
for _ in $(seq 14); do folder+=/$name; done
mkdir -p "$folder"
head -c 32768 /dev/zero >"$folder/file"
start "$KNOWN" "$folder/file"
agrees "a path of ${#folder} bytes"
rm -r "${SCRATCH:?}/$name"

# Each thread of a process has the same memory.
KNOWN=$TOOLS/known_task
start "$KNOWN" threads 20
agrees "a process of 20 threads"
same "no row twice" "" "$(jq -c 'select(.pid == '"$PID"').start' "$MOUNT/vmas.json" | sort | uniq -d)"
same "no kernel thread has memory" "" "$(jq 'select(.pid == 2)' "$MOUNT/vmas.json")"

# A container's files. The last column has the path in the layer, and the others are /proc's.
overlay=$SCRATCH/overlay
mkdir "$overlay"
mount -t tmpfs none "$overlay"
mkdir "$overlay/lower" "$overlay/upper" "$overlay/work" "$overlay/merged"
head -c 32768 /dev/zero >"$overlay/lower/library"
if mount -t overlay -o "lowerdir=$overlay/lower,upperdir=$overlay/upper,workdir=$overlay/work" \
	none "$overlay/merged" 2>/dev/null; then
	start "$TOOLS/known_area" "$overlay/merged/library"
	without_path() { sed "s|[^ ]*/library|library|"; }
	ok "a file of overlayfs: as /proc/PID/maps" \
		diff <(of_proc "$PID" | without_path) <(of_table "$PID" | without_path)
	rm "$overlay/merged/library"
	ok "a file of overlayfs, deleted: as /proc/PID/maps" \
		diff <(of_proc "$PID" | without_path) <(of_table "$PID" | without_path)
	same "a file of overlayfs, deleted: as text" "library\x20(deleted)" "$(paths "$PID" | grep -o "library.*")"
	kill "$PID"
	ended "$PID"
	umount "$overlay/merged"
else
	skip "a file of overlayfs" "the kernel has no overlayfs"
fi
umount "$overlay"
rmdir "$overlay"
