#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# pid/<pid>/ holds the rows of one process.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_tasks.sh"

sleeper=
cleanup() {
	stop_all
	[ -z "$sleeper" ] || kill "$sleeper" 2>/dev/null
}

mount_start
sleep 600 &
sleeper=$!
folder=$MOUNT/pid/$sleeper

same "threads of a process" "$sleeper sleep" \
	"$(jq -r '"\(.tid) \(.comm)"' "$folder/threads.json")"
for view in threads files vmas; do
	if [ ! -e "$folder/$view" ]; then
		skip "pid/<pid>/$view" "this kernel or build has no view $view"
		continue
	fi
	# Positions and times may move between the two; which rows there are does not.
	same "pid/<pid>/$view is what $view has of it" \
		"$(jq -c "select(.pid == $sleeper) | [.pid, .tid, .fd, .start, .path]" "$MOUNT/$view.json")" \
		"$(jq -c "[.pid, .tid, .fd, .start, .path]" "$folder/$view.json")"
done
same "it lists the views" threads "$(find "$folder" -name threads -printf %f)"
same "a process may be asked for by a process of its folder" "$sleeper" \
	"$(cd "$folder" && jq .pid threads.json)"
same "pid/ lists the process" "$sleeper" "$(find "$MOUNT/pid" -mindepth 1 -maxdepth 1 -name "$sleeper" -printf %f)"
for name in 0 -1 +1 01 1x 4194305 99999999999 ''; do
	fails "no process \`$name'" "No such file" cat "$MOUNT/pid/$name/threads"
done

exec 3<"$folder/threads"
stat -L -c %s /proc/$$/fd/3 >"$SCRATCH/size" # waits for the end of the table
kill "$sleeper"
wait "$sleeper" 2>/dev/null
same "an open table outlives its process" 2 "$(wc -l <&3)"
exec 3<&-
fails "a process that is gone" "No such file" cat "$folder/threads"
sleeper=

ok "a process that ends between look-up and open" python3 -c '
import os, subprocess, sys
process = subprocess.Popen(["sleep", "600"])
folder = f"{sys.argv[1]}/pid/{process.pid}"
tables = [os.open(f"{folder}/{view}", os.O_PATH) for view in os.listdir(folder)]
process.kill()
process.wait()
for table in tables:
    try:
        os.open(f"/proc/self/fd/{table}", os.O_RDONLY)
        sys.exit("opened")
    except FileNotFoundError:
        pass
sys.exit(not tables)' "$MOUNT"
# A process has a thread for as long as it exists.
for _ in $(seq "$(count_of 100)"); do
	/bin/true &
	cat "$MOUNT/pid/$!/threads" 2>/dev/null | wc -l
	wait $!
done >"$SCRATCH/lines"
same "processes that end while they are read: an error, or a row" "" "$(grep -vxE '0|2' "$SCRATCH/lines")"

# child NAME: the pid of that child of the one started last
child() { awk -v name="$1" '$1 == name { print $2 }' "$OUTPUT"; }
start "$KNOWN" child zombie child headless
zombie=$(child zombie)
same "a zombie is a thread, and has nothing more" "zombie 1 1 1" "$({
	jq -r .state "$MOUNT/pid/$zombie/threads.json"
	for view in files sockets vmas; do wc -l <"$MOUNT/pid/$zombie/$view"; done
} | paste -sd ' ')"

headless=$(child headless)
for _ in $(seq 500); do
	! grep -q '^State:.*Z' "/proc/$headless/status" || break
	sleep 0.02
done
tids=("/proc/$headless/task"/*)
same "a process without its first thread: threads" "$(printf '%s\n' "${tids[@]##*/}")" \
	"$(jq .tid "$MOUNT/pid/$headless/threads.json")"
same "descriptors, once" "$(find "${tids[1]}/fd" -mindepth 1 -printf '%f %l\n' | sort)" \
	"$(jq -r '"\(.fd) \(.path)"' "$MOUNT/pid/$headless/files.json" | sort)"
same "mappings, once" "$(awk '!/vsyscall/ { sub(/-.*/, "", $1); sub(/^0+/, "", $1); print $1 }' "${tids[1]}/maps")" \
	"$(jq -r '.start | ltrimstr("0x") | sub("^0+"; "")' "$MOUNT/pid/$headless/vmas.json")"
for view in files vmas; do
	same "as many in $view" "$(wc -l <"$MOUNT/pid/$headless/$view")" \
		"$(awk -v pid="$headless" 'NR == 1 || $1 == pid' "$MOUNT/$view" | wc -l)"
done
