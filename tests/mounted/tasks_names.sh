#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Names and arguments of tasks, hostile ones and those that a process has overwritten.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_tasks.sh"

# text_cell PID COLUMNS-FROM-THE-END
text_cell() { awk -v pid="$1" -v back="$2" '$1 == pid { print $(NF - back) }' "$MOUNT/tasks"; }

mount_start

# named NAME COMM TEXT-CELL JSON-CELL
named() {
	start "$KNOWN" comm "$2"
	look tasks
	same "comm with $1, as text" "$3" "$(text_cell "$PID" 0)"
	cell "comm with $1, as JSON" "$PID" "$4" '.comm | tojson'
}
named blanks 'a  b' 'a\x20\x20b' '"a  b"'
named "a newline and a row" $'x\n9999 9999' 'x\n9999\x209999' '"x\n9999 9999"'
named quotes "\"q'" "\"q'" "\"\\\"q'\""
named "a backslash" '\n' '\\n' '"\\n"'
named "bytes that are not UTF-8" $'\xff\xfe' '\xff\xfe' '"ÿþ"'
named "16 bytes, which the kernel cuts" 1234567890abcdef 1234567890abcde '"1234567890abcde"'
named "a character cut in two" $'1234567890abcd\xc3\xbc' '1234567890abcd\xc3' '"1234567890abcdÃ"'
named "a comma" 'a,b' 'a,b' '"a,b"'
named "nothing" '' - null
named "a hyphen" - '\x2d' '"-"'
same "no name makes a row or a cell" "" \
	"$(awk 'NR == 1 { n = NF } NF != n || (NR > 1 && $1 == 9999)' "$MOUNT/tasks")"

# of_proc PID: its arguments, with blanks for NULs
of_proc() { tr '\0' ' ' <"/proc/$1/cmdline" | sed 's/ *$//'; }
# argued NAME: the arguments are those of /proc
argued() {
	look tasks
	cell "arguments: $1" "$PID" "$(of_proc "$PID")" '.cmdline // ""'
}
start_as name -- one two
argued "a few"
same "arguments: as text" 'name\x20--\x20one\x20two' "$(text_cell "$PID" 1)"
start_as '' -- '' 'a b' '' $'x\n9999 9999' '"' "\\" ''
argued "blanks, newlines, quotes, backslashes and empty ones"
start_as $'\xff' -- $'\xfe\x80'
look tasks
cell "arguments: not UTF-8" "$PID" $'"\xc3\xbf -- \xc3\xbe\xc2\x80"' '.cmdline | tojson'

# Around the sizes of the pieces that they are read in, and of a page.
for size in 100 115 116 117 128 250 1000 4096 4097 16000; do
	start_as name -- "$(printf 'x%.0s' $(seq "$size"))"
	argued "$size bytes"
done
start_as name -- "$(printf 'x%.0s' $(seq 60000))y"
look tasks
whole=$(of_proc "$PID")
cell "arguments: of 60000 bytes, the first 16384" "$PID" "${whole:0:16384}" .cmdline

start_as a-long-enough-name title known:\ idle
argued "overwritten, as by setproctitle"
cell "arguments: overwritten" "$PID" "known: idle" .cmdline
PADDING=$(printf 'p%.0s' $(seq 9000)) start_as name spill 3000
argued "overwritten into the environment"
cell "arguments: overwritten into the environment" "$PID" 3000 '.cmdline | length'
PADDING=$(printf 'p%.0s' $(seq 9000)) start_as name spill 8000
argued "overwritten with more than a page"

# Arguments that are in a file are left alone, and above all when the file is our own. The program
# maps it over the first whole page of them.
many=$(printf 'z%.0s' $(seq 9000))
echo not arguments >"$SCRATCH/file"
start_as name cover "$SCRATCH/file" "$many"
argued "partly in a file"
cell "arguments: partly in a file, up to there" "$PID" yes \
	'if .cmdline | length < 4096 and startswith("name cover ") then "yes" else .cmdline end'
start_as name cover "$MOUNT/README" "$many"
ok "arguments: in a file of the mount, which answers" timeout 20 cat "$MOUNT/tasks"
timeout 20 cat "$MOUNT/tasks.json" >"$SCRATCH/tasks.json"
about "$SCRATCH/tasks.json"
cell "arguments: in a file of the mount, up to there" "$PID" yes \
	'if .cmdline | length < 4096 and startswith("name cover ") then "yes" else .cmdline end'
