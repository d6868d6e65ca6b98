#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Who may look: root alone, until options let others in.
. "$(dirname "$0")/lib.sh"

# as UID GID COMMAND...: without any capability
as() {
	setpriv --reuid="$1" --regid="$2" --clear-groups --inh-caps=-all -- "${@:3}"
}
chmod 755 "$SCRATCH"
[ -z "${TMPDIR-}" ] || chmod 755 "$TMPDIR"

mount_start
fails "by default no other user: ls" "Permission denied" as 65534 65534 ls "$MOUNT/"
fails "by default no other user: cat" "Permission denied" as 65534 65534 cat "$MOUNT/tasks"
same "by default: owner and mode of a table" "0 0 400" "$(stat -c '%u %g %a' "$MOUNT/tasks")"
same "by default: owner and mode of a file to write" "0 0 600" \
	"$(stat -c '%u %g %a' "$MOUNT/dissect/input")"
same "by default: mode of a folder" 500 "$(stat -c %a "$MOUNT/maps")"
fails "nothing can be made" "" touch "$MOUNT/new"
fails "nothing can be removed" "" rm -f "$MOUNT/tasks"
mount_stop || fail "the daemon ends with 0"

mount_start -o allow_other
fails "allow_other alone: the modes hold" "Permission denied" as 65534 65534 cat "$MOUNT/tasks"
mount_stop || fail "the daemon ends with 0"

mount_start -o allow_other,gid=65534,mode=0440
same "gid and mode" "0 65534 440" "$(stat -c '%u %g %a' "$MOUNT/tasks")"
ok "the group can read a table" as 1 65534 head -n 1 "$MOUNT/tasks"
ok "the group can list a folder" as 1 65534 ls "$MOUNT/maps"
fails "the group can't write packets" "Permission denied" \
	as 1 65534 sh -c "echo 00 >$MOUNT/dissect/input"
fails "no one else can" "Permission denied" as 1 1 cat "$MOUNT/tasks"
mount_stop || fail "the daemon ends with 0"

mount_start -o allow_other,uid=65534,mode=0600
same "uid" "65534 0" "$(stat -c '%u %g' "$MOUNT/tasks")"
ok "the owner can read a table" as 65534 65534 head -n 1 "$MOUNT/tasks"
fails "no one else can" "Permission denied" as 1 1 cat "$MOUNT/tasks"
mount_stop || fail "the daemon ends with 0"

mount_start -o ro
ok "ro: reading works" head -n 1 "$MOUNT/tasks"
fails "ro: no packet is taken" "Read-only file system" sh -c "echo 00 >$MOUNT/dissect/input"
