#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# cgroups, against the files of cgroups that are made here.
. "$(dirname "$0")/lib.sh"

TREE=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
if [ -z "$TREE" ]; then
	skip cgroups "no cgroups of version 2 are mounted"
	exit
fi
OURS=$TREE/bpfview-test.$$
tasks=()
cleanup() {
	[ ${#tasks[@]} -eq 0 ] || kill -KILL "${tasks[@]}" 2>/dev/null
	[ ${#tasks[@]} -eq 0 ] || wait "${tasks[@]}" 2>/dev/null
	# A cgroup can be removed only when its last task has ended.
	for _ in $(seq 200); do
		[ -e "$OURS" ] || return
		find "$OURS" -depth -type d -delete 2>/dev/null
		sleep 0.02
	done
	fail "the test's cgroups are removed"
}
mkdir "$OURS" || exit 1
mount_start

# paths FOLDER: of the cgroups there, from the root of their tree
paths() { find "$1" -type d | sed "s,^$TREE,,"; }
# ours: the paths that the table has of them
ours() { jq -r '.path | select(startswith("/bpfview-test.'$$'"))' "$MOUNT/cgroups.json"; }
# row PATH FILTER
row() { jq -c --arg path "${1#"$TREE"}" "select(.path == \$path) | $2" "$MOUNT/cgroups.json"; }

mkdir -p "$OURS/a/b/c" "$OURS/a/d"
same "id, parent, level and descendants" \
	"[$(stat -c %i "$OURS/a"),$(stat -c %i "$OURS"),2,3]" \
	"$(row "$OURS/a" '[.id, .parent_id, .level, .descendants]')"
same "the root" '["/",null,0]' "$(row / '[.path, .parent_id, .level]')"
same "no task, nothing used, no limits without controllers" '[0,0]' \
	"$(row "$OURS/a/b/c" '[.tasks, .cpu_ns]')"

# A busy task in one of them, then one that is still.
# shellcheck disable=SC2016 # they are expanded by that shell
timeout 20 sh -c 'echo $$ >"$1/cgroup.procs" && i=0 && while [ $i -lt 200000 ]; do i=$((i + 1)); done
	exec sleep 1000' sh "$OURS/a/b" &
tasks+=($!)
for _ in $(seq 500); do
	[ "$(cat /proc/"$(head -n 1 "$OURS/a/b/cgroup.procs")"/comm 2>/dev/null)" == sleep ] && break
	sleep 0.02
done
tasks+=("$(cat "$OURS/a/b/cgroup.procs")")
usage() { awk '$1 == "usage_usec" { print $2 }' "$OURS/a/b/cpu.stat"; }
before=$(usage)
actual=$(row "$OURS/a/b" '.cpu_ns / 1000 | floor')
after=$(usage)
same "processor time is between what cpu.stat says before and after" yes \
	"$([ "$before" -gt 0 ] && [ "$before" -le "$actual" ] && [ "$actual" -le "$after" ] &&
		echo yes || echo "$before $actual $after")"
same "processor time of the parent" true "$(row "$OURS/a" ".cpu_ns / 1000 >= $before")"
same "tasks" "$(wc -l <"$OURS/a/b/cgroup.threads") 0" \
	"$(row "$OURS/a/b" .tasks) $(row "$OURS/a" .tasks)"

# controlled CONTROLLER: whether it is one of this tree's
controlled() { grep -qw "$1" "$OURS/cgroup.controllers"; }
if controlled memory && controlled pids; then
	mkdir "$OURS/limited"
	echo +memory +pids >"$OURS/cgroup.subtree_control"
	echo 1073741824 >"$OURS/limited/memory.max"
	echo 33 >"$OURS/limited/pids.max"
	sleep 1000 &
	tasks+=($!)
	echo $! >"$OURS/limited/cgroup.procs"
	same "limits" '[1073741824,33]' "$(row "$OURS/limited" '[.memory_limit_bytes, .pids_limit]')"
	same "no limits" '[null,null]' "$(row "$OURS/a" '[.memory_limit_bytes, .pids_limit]')"
	same "use" "[$(cat "$OURS/limited/memory.current"),1]" \
		"$(row "$OURS/limited" '[.memory_bytes, .pids]')"
else
	skip "memory and pids" "other trees have these controllers"
fi

# Names: anything but a slash, newlines apart.
mkdir "$OURS/a b" "$OURS/\"q\"" "$OURS/\\n" "$OURS/$(printf 'n%.0s' $(seq 255))"
same "names" "$(paths "$OURS" | sort)" "$(ours | sort)"
same "a name with a blank, as text" "${OURS#"$TREE"}/a\\x20b" \
	"$(awk -v id="$(stat -c %i "$OURS/a b")" '$1 == id { print $NF }' "$MOUNT/cgroups")"

# More than the kernel walks at once; on slow machines not as many.
many=${SMALL:+300}
many=${many:-1000}
for i in $(seq "$many"); do echo "$OURS/many.$i/in"; done | xargs mkdir -p
same "$((2 * many)) cgroups, each once" "$(paths "$OURS" | sort)" "$(ours | sort)"
# A cgroup's path is its parent's and a name, its level one more.
misplaced() {
	jq -rs '(map({(.id | tostring): .}) | add) as $by_id | .[] | select(.parent_id)
		| $by_id[.parent_id | tostring] as $parent
		| select(.level != $parent.level + 1 or
			(.path | sub("/[^/]*$"; "")) != ($parent.path | sub("^/$"; ""))) | .path' "$MOUNT/cgroups.json"
}
same "they are each below its parent" "" "$(misplaced)"
same "its descendants" "$(($(paths "$OURS" | wc -l) - 1))" "$(row "$OURS" .descendants)"
same "in several passes: text has the same rows" "$(jq .id "$MOUNT/cgroups.json" | sort)" \
	"$(awk 'NR > 1 { print $1 }' "$MOUNT/cgroups" | sort)"
deep=$OURS/deep
for _ in $(seq 12); do deep+=/$(printf 'd%.0s' $(seq 250)); done
mkdir -p "$deep"
same "a path of ${#deep} bytes" "${deep#"$TREE"}" "$(row "$deep" .path | jq -r .)"

# Others come and go before and after, while several read: those that stay are there, once.
paths "$OURS" | sort >"$SCRATCH/expected"
(while :; do
	mkdir "$OURS/0" "$OURS/zz" 2>/dev/null
	rmdir "$OURS/0" "$OURS/zz" 2>/dev/null
done) &
tasks+=($!)
for reader in 1 2 3; do
	for _ in $(seq $((many / 100))); do
		ours | grep -vE '/(0|zz)$' | sort | cmp -s - "$SCRATCH/expected" || echo "$reader differs"
	done >"$SCRATCH/reader.$reader" &
	readers[reader]=$!
done
wait "${readers[@]}"
same "those that stay have one row each while others come and go" "" "$(cat "$SCRATCH"/reader.?)"

# Deeper than the kernel's buffer is large, which takes no more than a folder that one may write to.
name=$(printf 'd%.0s' $(seq 250))
sleep 1000 &
tasks+=($!)
mkdir "$OURS/deepest"
(
	cd "$OURS/deepest" || exit
	for _ in $(seq 150); do mkdir "$name" && cd "$name" || exit; done
	echo "${tasks[-1]}" >cgroup.procs
)
for table in cgroups tasks threads "pid/${tasks[-1]}/threads"; do
	same "${table/${tasks[-1]}/PID}: the end of a path of 37,000 bytes" "/.../$name yes" "$(jq -r --argjson pid "${tasks[-1]}" '
		select(.pid == $pid or .level == 152) | .path // .cgroup |
		"\(.[:5])\(.[-250:]) \(if length > 12000 then "yes" else length end)"' "$MOUNT/$table.json")"
done
