#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# README, status and the man page list the columns that the tables have, in their order.
. "$(dirname "$0")/lib.sh"
mount_start

# header FILE: its columns, separated by commas
header() { head -n 1 "$MOUNT/$1.csv"; }

# in_readme TABLE, in_status TABLE, in_manual TABLE: the columns that they say it has, like header
in_readme() {
	awk -v table="$1:" '/^[^ ].*:/ { found = $1 == table } found && /^  / { print $1 }' \
		"$MOUNT/README" | paste -sd ,
}
in_status() {
	awk -v table="$1" '$1 == table { print $3 }' "$SCRATCH/status"
}
in_manual() {
	sed 's/\\-/-/g' "$BUILD/bpfview.8" | awk -v table="$1" '/^\.S[HS]/ { found = $2 == table }
		found && $1 == ".B" { print $2 }' | paste -sd ,
}

# listed FILE TABLE: the file has the columns that are said of the table
listed() {
	local columns
	columns=$(header "$1")
	same "$1: in README" "$columns" "$(in_readme "$2")"
	same "$1: in status" "$columns" "$(in_status "$2")"
	[ ! -e "$BUILD/bpfview.8" ] || same "$1: in the man page" "$columns" "$(in_manual "$2")"
}

jq -r '"\(.name) \(.state) \(.columns | join(","))"' "$MOUNT/status.json" >"$SCRATCH/status"
printf '%028d' 0 >"$MOUNT/dissect/input"
mapfile -t names < <(find "$MOUNT" -name pid -prune -o -name include -prune -o -path '*/dissect/*/*' -prune -o -name netns -prune -o \
	-type f -not -name README -not -name explain -not -name stream -not -regex '.*/maps/[0-9]+' -printf '%P\n')
for name in "${names[@]}"; do
	listed "$name" "$name"
done
for name in threads files sockets vmas; do
	listed "pid/$$/$name" "$name"
done
same "status has a row for each table, and README a section" \
	"$(cut -d ' ' -f 1 "$SCRATCH/status" | sort)" \
	"$(sed -n 's/^\([^ ]*\): .*/\1/p' "$MOUNT/README" | sort)"
same "status lists all that is there" "" "$(comm -13 \
	<(awk '$2 != "absent" { print $1 }' "$SCRATCH/status" | sort) \
	<(printf '%s\n' "${names[@]}" | sort))"
same "status lists nothing else" "dissect/<object>/stats dissect/compare/<first>,<second>/input maps/<id>" "$(comm -23 \
	<(awk '$2 != "absent" { print $1 }' "$SCRATCH/status" | sort) \
	<(printf '%s\n' "${names[@]}" | sort) | xargs)"

# tables_anywhere: as another user, where the kernel has no BTF
tables_anywhere() {
	unshare -m sh -c 'mount -t tmpfs none /sys/kernel/btf &&
		exec setpriv --reuid 65534 --clear-groups /proc/self/fd/3 --tables' 3<"$BUILD/bpfview" 2>&1
}
tables_full() { "$BUILD/bpfview" --tables >/dev/full; }
same "the tables without a mount, for another user, without BTF" \
	"$(sed -n '/^tasks:/,$p' "$MOUNT/README" | sed 's/  (not in this kernel: see status)$//')" \
	"$(tables_anywhere)"
fails "the tables on a full disk" "No space left" tables_full
if [ -e "$BUILD/bpfview.8" ]; then
	same "maps/<id>: in the man page" "$(in_readme 'maps/<id>')" "$(in_manual 'maps/<id>')"
else
	skip "the man page" "it is not in $BUILD"
fi
same "README says what a column is" "a letter, as in nm" \
	"$(awk '/^[^ ].*:/ { found = $1 == "ksyms:" } found && $1 == "type"' "$MOUNT/README" |
		sed 's/^ *type *text *//')"
same "columns are names with commas in text" "$(header ksyms)" \
	"$(awk '$1 == "ksyms" { print $5 }' "$MOUNT/status")"
