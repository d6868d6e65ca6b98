#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# mount-scripts/up and down, in every state that a mountpoint can be in.
. "$(dirname "$0")/lib.sh"

UP=$TOP/mount-scripts/up
DOWN=$TOP/mount-scripts/down
MOUNT="$SCRATCH/a mount"
. "$TOP/mount-scripts/mount.sh"
cleanup() {
	unmount "$MOUNT"
}

fails "down: not mounted" "is not mounted at $MOUNT" sh -c '"$@"; exit 1' sh "$DOWN" "$MOUNT"
ok "down: not mounted is no failure" "$DOWN" "$MOUNT"

output=$("$UP" "$MOUNT" 2>&1)
same "up" 0 $?
for words in "is mounted at $MOUNT." "PID" "mount-scripts/down $MOUNT"; do
	[[ $output == *"$words"* ]]
	same "up says: $words" 0 $?
done
daemon=$(daemon_of "$MOUNT")
output=$("$UP" "$MOUNT" 2>&1)
same "up again" 0 $?
[[ $output == *"already"*PID* ]]
same "up again says so, and shows the table" 0 $?
same "up again: the same daemon" "$daemon" "$(daemon_of "$MOUNT")"

ln -s "$MOUNT" "$SCRATCH/link"
output=$("$UP" "$SCRATCH/link" 2>&1)
[[ $output == *"already"* ]]
same "up: by a symbolic link it is the same mount" 0 $?
same "up: by a symbolic link: the same daemon" "$daemon" "$(daemon_of "$MOUNT")"

kill -KILL "$daemon"
ended "$daemon"
fails "killed: a dead mount" "not connected" ls "$MOUNT/"
ok "up: over a dead mount" "$UP" "$MOUNT"
ok "up: over a dead mount: it answers" cat "$MOUNT/tasks"
same "up: over a dead mount: mounted once" 1 "$(grep -c "a.040mount" /proc/self/mounts)"

daemon=$(daemon_of "$MOUNT")
cp -p "$BUILD/bpfview" "$SCRATCH/bpfview" && mv "$SCRATCH/bpfview" "$BUILD/bpfview"
ok "up: after a new build" "$UP" -o mode=0444 "$MOUNT"
[ "$daemon" != "$(daemon_of "$MOUNT")" ]
same "up: after a new build, a new daemon" 0 $?
same "up: options" 444 "$(stat -c %a "$MOUNT/tasks")"

daemon=$(daemon_of "$MOUNT")
exec 5<"$MOUNT/tasks"
ok "down: with a file open" "$DOWN" "$MOUNT"
exec 5<&-
same "down: unmounted, and the daemon ended" "" "$(daemon_of "$MOUNT")$(findmnt -n "$MOUNT")"
"$UP" "$MOUNT" >/dev/null
kill -KILL "$(daemon_of "$MOUNT")"
ok "down: a dead mount" "$DOWN" "$MOUNT"
fails "down: a dead mount is gone" "not a mountpoint" mountpoint "$MOUNT"

fails "up: not root" "root" setpriv --reuid=65534 --clear-groups bash "$UP" "$MOUNT"
fails "down: not root" "root" setpriv --reuid=65534 --clear-groups bash "$DOWN" "$MOUNT"
fails "up: unknown option" "usage" "$UP" -x
fails "down: unknown option" "usage" "$DOWN" --help
