#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The daemon's command line, its start and its ends.
. "$(dirname "$0")/lib.sh"

BPFVIEW=$BUILD/bpfview
mkdir "$MOUNT"

# daemon_pid: of the one in the background at $MOUNT
daemon_pid() {
	local process
	for process in /proc/[0-9]*; do
		[ "$process/exe" -ef "$BPFVIEW" ] &&
			[ "$(tail -z -n 1 "$process/cmdline" | tr -d '\0')" == "$MOUNT" ] &&
			echo "${process#/proc/}"
	done 2>/dev/null
}
cleanup() {
	local pid
	umount -lq "$MOUNT"
	for pid in $(daemon_pid); do kill -KILL "$pid"; done
}

version=$(sed -n 's/^VERSION := //p' "$TOP/Makefile")
for option in --version -V; do
	output=$("$BPFVIEW" $option) && [[ $output == *"$version"* ]]
	same "$option prints the version" 0 $?
done
for option in --help -h; do
	output=$("$BPFVIEW" $option 2>/dev/null) && [[ $output == *MOUNTPOINT*allow_other*spool=*timeout=*load*attach_init*dissect_limit=* ]]
	same "$option says how to use it" 0 $?
done

# broken NAME WORDS ARGUMENT...: refused in words, and nothing is mounted
broken() {
	local mounted
	fails "$1: refused" "$2" timeout 10 "$BPFVIEW" "${@:3}"
	mounted=$(awk -v scratch="$SCRATCH/" 'index($2, scratch) == 1 { print $2 }' /proc/self/mounts)
	[ -z "$mounted" ] || fail "$1: nothing is mounted" "$mounted"
	[ -z "$mounted" ] || umount -l "$mounted"
}
broken "no mountpoint" "MOUNTPOINT"
broken "two mountpoints" "$SCRATCH/other" "$MOUNT" "$SCRATCH/other"
broken "unknown flag" "-Z" -Z "$MOUNT"
broken "unknown option" "nonsense" -o nonsense "$MOUNT"
broken "uid is no number" "uid" -o uid=abc "$MOUNT"
broken "gid is negative" "gid" -o gid=-5 "$MOUNT"
broken "mode is not octal" "mode" -o mode=9 "$MOUNT"
broken "mode is too large" "mode" -o mode=77777 "$MOUNT"
broken "timeout is no number" "timeout" -o timeout=1s "$MOUNT"
broken "timeout is 0" "timeout" -o timeout=0 "$MOUNT"
broken "timeout is too large" "timeout" -o timeout=3601 "$MOUNT"
broken "dissect_limit is 0" "dissect_limit" -o dissect_limit=0 "$MOUNT"
broken "no such spool folder" "$SCRATCH/none" -o spool="$SCRATCH/none" "$MOUNT"
broken "no such mountpoint" "$SCRATCH/none" "$SCRATCH/none"
touch "$SCRATCH/file"
broken "mountpoint is a file" "$SCRATCH/file" "$SCRATCH/file"
broken "not root" "" setpriv --reuid=65534 --clear-groups "$BPFVIEW" "$MOUNT"

# In the background: it returns once the mount answers.
output=$("$BPFVIEW" "$MOUNT" 2>&1)
same "in the background: exit status and words" "0 " "$? $output"
ok "in the background: ls answers at once" ls "$MOUNT/tasks"
daemon=$(daemon_pid)
same "in the background: one process" 1 "$(wc -w <<<"$daemon")"
same "in the background: its folder is /" / "$(readlink "/proc/$daemon/cwd")"
same "in the background: no standard stream is kept" "/dev/null" \
	"$(readlink "/proc/$daemon/fd/"{0,1,2} | sort -u)"
same "in the background: a session of its own" "$daemon" "$(ps -o sid= -p "$daemon" | tr -d ' ')"
same "findmnt: type and source" "fuse.bpfview bpfview" \
	"$(findmnt -rno FSTYPE,SOURCE --mountpoint "$MOUNT")"
ok "umount" umount "$MOUNT"
ok "umount ends the daemon" ended "$daemon"

for signal in TERM INT; do
	mount_start
	ok "-f: ls" ls "$MOUNT/tasks"
	exec 5<"$MOUNT/tasks"
	kill -"$signal" "$DAEMON"
	ended "$DAEMON" || fail "SIG$signal ends the daemon"
	wait "$DAEMON"
	same "SIG$signal: exit status with a file open" 0 $?
	exec 5<&-
	DAEMON=
	fails "SIG$signal: unmounted" "not a mountpoint" mountpoint "$MOUNT"
done

# The ids of the BPF programs and links that the daemon holds, as bpftool names them.
held() {
	cat "/proc/$1/fdinfo/"* 2>/dev/null | awk '$1 == "prog_id:" { print "prog " $2 }' | sort -u
}
find /sys/fs/bpf | sort >"$SCRATCH/pins"
"$BPFVIEW" "$MOUNT"
daemon=$(daemon_pid)
cat "$MOUNT/tasks" >/dev/null
held "$daemon" >"$SCRATCH/held"
ok "the daemon holds BPF programs" test -s "$SCRATCH/held"
kill -KILL "$daemon"
ended "$daemon"
fails "killed: the mount is dead" "not connected" ls "$MOUNT"
while read -r kind id; do
	for _ in $(seq 250); do
		bpftool "$kind" show id "$id" >/dev/null 2>&1 || continue 2
		sleep 0.02
	done
	fail "killed: $kind $id is freed"
done <"$SCRATCH/held"
pass "killed: no BPF program is left"
same "killed: nothing is pinned" "" "$(find /sys/fs/bpf | sort | comm -13 "$SCRATCH/pins" -)"
ok "killed: umount -l" umount -l "$MOUNT"
ok "killed: mounts again" "$BPFVIEW" "$MOUNT"
ok "killed: the new mount answers" cat "$MOUNT/tasks"
daemon=$(daemon_pid)
umount "$MOUNT"
ended "$daemon"

# Two mounts don't know of one another.
mkdir "$SCRATCH/second"
"$BPFVIEW" "$SCRATCH/second"
mount_start
umount "$SCRATCH/second"
ok "a second mount comes and goes" cat "$MOUNT/tasks"
mount_stop
