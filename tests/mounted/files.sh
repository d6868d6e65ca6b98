#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# files, against descriptors of which all is known, /proc/PID/fd and fdinfo.
. "$(dirname "$0")/lib.sh"

mkfifo "$SCRATCH/hold"
exec {hold}<>"$SCRATCH/hold"
mkdir -p "$SCRATCH/files/bound"
mount --bind "$SCRATCH/files" "$SCRATCH/files/bound"
"$TOOLS/known_files" "$SCRATCH/files" <"$SCRATCH/hold" >"$SCRATCH/words" 2>&1 {hold}>&- &
owner=$!
cleanup() {
	kill -KILL "$owner"
	wait "$owner" 2>/dev/null
	umount "$SCRATCH/files/bound"
}
for _ in $(seq 500); do
	grep -qs '^ready$' "$SCRATCH/words" && break
	sleep 0.02
done

mount_start
ROWS=$SCRATCH/files.json
cat "$MOUNT/files.json" >"$SCRATCH/all"
grep "^{\"pid\":$owner," "$SCRATCH/all" >"$ROWS"
same "every descriptor, once" "$(find "/proc/$owner/fd" -mindepth 1 -printf '%f\n' | sort | sha1sum)" \
	"$(jq .fd "$ROWS" | sort | sha1sum)"

declare -A fds
while read -r name fd; do
	[ -z "$fd" ] || fds[$name]=$fd
done <"$SCRATCH/words"
# The rows of those that have a name.
grep -E "\"fd\":($(IFS='|' && echo "${fds[*]}"))," "$ROWS" >"$SCRATCH/known"
about "$SCRATCH/known"
# cell NAME WHAT EXPECTED FILTER
cell() { ask "$1: $2" "$3" "select(.fd == ${fds[$1]}) | $4"; }

for name in "${!fds[@]}"; do
	fd=${fds[$name]}
	case $name in
	deep | hostile) ;; # below
	# The readlink of coreutils would add a newline of its own.
	*) cell "$name" path "$(find "/proc/$owner/fd/$fd" -printf '%l')" .path ;;
	esac
	cell "$name" position "$(awk '$1 == "pos:" { print $2 }' "/proc/$owner/fdinfo/$fd")" .position
	cell "$name" "inode, size, links, device" \
		"$(stat -L -c '%i %s %h %Hd:%Ld' "/proc/$owner/fd/$fd")" \
		'"\(.inode) \(.size_bytes) \(.links) \(.device)"'
done

for name in directory char pipe socket eventpoll eventfd timerfd inotify namespace regular; do
	cell $name type $name .type
done
cell regular flags '["append","largefile"]' .flags
cell hostile "flags with cloexec" '["largefile","cloexec"]' .flags
cell deleted "flags with nonblock" '["nonblock","largefile"]' .flags
cell regular mode read_write .mode
cell hostile mode write .mode
cell deleted mode read .mode
cell path mode path .mode
cell char "which device" 1:3 .rdev
cell bound "the path of where it is mounted" "$SCRATCH/files/bound" .path
cell deleted "its path" "$SCRATCH/files/deleted (deleted)" .path
cell long "a path near the limit of system calls" yes \
	'if (.path | length) > 3600 then "yes" else .path end'
cell deep "a path past it" "$((${#SCRATCH} + 6 + 30 * 201 + 5))" '.path | length'
same "a hostile name in text" "$SCRATCH/files/with\\x20blank\\nline\\x20\\xff\\\\" \
	"$(awk -v pid="$owner" -v fd="${fds[hostile]}" '$1 == pid && $3 == fd { print $NF }' "$MOUNT/files")"
same "no name forges a row" 0 "$(uneven <"$MOUNT/files")"

link=$(grep "^{\"pid\":$DAEMON," "$SCRATCH/all" | jq -r 'select(.type == "bpf_link") | "\(.fd) \(.bpf_id)"' |
	head -n 1)
same "id of a link" "$(awk '$1 == "link_id:" { print $2 }' "/proc/$DAEMON/fdinfo/${link% *}")" "${link#* }"
