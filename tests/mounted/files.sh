#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# files, against descriptors of which all is known, /proc/PID/fd and fdinfo.
. "$(dirname "$0")/lib.sh"

mkfifo "$SCRATCH/hold"
exec {hold}<>"$SCRATCH/hold"
mkdir "$SCRATCH/files"
"$TOOLS/known_files" "$SCRATCH/files" <"$SCRATCH/hold" >"$SCRATCH/words" 2>&1 {hold}>&- &
owner=$!
cleanup() {
	kill -KILL "$owner"
	wait "$owner" 2>/dev/null
}
for _ in $(seq 500); do
	grep -qs '^ready$' "$SCRATCH/words" && break
	sleep 0.02
done

mount_start
ROWS=$SCRATCH/files.json
jq -c "select(.pid == $owner)" "$MOUNT/files.json" >"$ROWS"
same "every descriptor, once" "$(find "/proc/$owner/fd" -mindepth 1 -printf '%f\n' | sort | sha1sum)" \
	"$(jq .fd "$ROWS" | sort | sha1sum)"

# fd_of NAME, cell NAME FILTER
fd_of() { awk -v name="$1" '$1 == name { print $2 }' "$SCRATCH/words"; }
cell() { jq -r "select(.fd == $(fd_of "$1")) | $2" "$ROWS"; }
# The readlink of coreutils would add a newline of its own.
link_of() { find "/proc/$owner/fd/$(fd_of "$1")" -printf '%l'; }
info() { awk -v label="$2:" '$1 == label { print $2 }' "/proc/$owner/fdinfo/$(fd_of "$1")"; }

while read -r name fd; do
	[ -n "$fd" ] || continue
	case $name in
	deep | hostile) ;; # below
	*) same "$name: path" "$(link_of "$name")" "$(cell "$name" .path)" ;;
	esac
	same "$name: position" "$(info "$name" pos)" "$(cell "$name" .position)"
	same "$name: inode, size, links" "$(stat -L -c '%i %s %h' "/proc/$owner/fd/$fd")" \
		"$(cell "$name" '"\(.inode) \(.size_bytes) \(.links)"')"
	same "$name: device" "$(stat -L -c '%Hd:%Ld' "/proc/$owner/fd/$fd")" "$(cell "$name" .device)"
done <"$SCRATCH/words"

for name in directory char pipe socket eventpoll eventfd timerfd inotify namespace regular; do
	same "$name: type" "$name" "$(cell "$name" .type)"
done
same "flags" '["append","largefile"]' "$(cell regular '.flags | tojson')"
same "flags with cloexec" '["largefile","cloexec"]' "$(cell hostile '.flags | tojson')"
same "flags with nonblock" '["nonblock","largefile"]' "$(cell deleted '.flags | tojson')"
same "modes" "read_write write read path" \
	"$(for name in regular hostile deleted path; do cell $name .mode; done | paste -sd ' ')"
same "which device" 1:3 "$(cell char .rdev)"
same "a deleted file" "$SCRATCH/files/deleted (deleted)" "$(cell deleted .path)"
same "a hostile name in text" "$SCRATCH/files/with\\x20blank\\nline\\x20\\xff\\\\" \
	"$(awk -v pid="$owner" -v fd="$(fd_of hostile)" '$1 == pid && $3 == fd { print $NF }' "$MOUNT/files")"
same "a path near the limit of system calls" yes \
	"$(cell long 'if (.path | length) > 3600 then "yes" else .path end')"
same "a path past it" "$((${#SCRATCH} + 6 + 30 * 201 + 5))" "$(cell deep '.path | length')"
same "no name forges a row" 0 "$(uneven <"$MOUNT/files")"

link=$(jq -r "select(.pid == $DAEMON and .type == \"bpf_link\") | \"\(.fd) \(.bpf_id)\"" "$MOUNT/files.json" |
	head -n 1)
same "id of a link" "$(awk '$1 == "link_id:" { print $2 }' "/proc/$DAEMON/fdinfo/${link% *}")" "${link#* }"
