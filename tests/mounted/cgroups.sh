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
# look: at the table, for the rows that come next
look() { about "$MOUNT/cgroups.json"; }
# row NAME PATH EXPECTED FILTER
row() { ask "$1" "$3" "select(.path == \"${2#"$TREE"}\") | $4"; }

mkdir -p "$OURS/a/b/c" "$OURS/a/d"
look
row "id, parent, level and descendants" "$OURS/a" \
	"[$(stat -c %i "$OURS/a"),$(stat -c %i "$OURS"),2,3]" '[.id, .parent_id, .level, .descendants]'
row "the root" / '["/",null,0]' '[.path, .parent_id, .level]'
row "no task, nothing used, no limits without controllers" "$OURS/a/b/c" '[0,0]' '[.tasks, .cpu_ns]'

# A busy task in one of them, then one that is still.
# shellcheck disable=SC2016 # they are expanded by that shell
timeout 20 sh -c 'echo $$ >"$1/cgroup.procs" && i=0 && while [ $i -lt 20000 ]; do i=$((i + 1)); done
	exec sleep 1000' sh "$OURS/a/b" &
tasks+=($!)
for _ in $(seq 500); do
	[ "$(cat /proc/"$(head -n 1 "$OURS/a/b/cgroup.procs")"/comm 2>/dev/null)" == sleep ] && break
	sleep 0.02
done
tasks+=("$(cat "$OURS/a/b/cgroup.procs")")
usage() { awk '$1 == "usage_usec" { print $2 }' "$OURS/a/b/cpu.stat"; }
before=$(usage)
look
after=$(usage)
[ "$before" -gt 0 ]
same "a task has used processor time" 0 $?
row "processor time is between what cpu.stat says before and after" "$OURS/a/b" true \
	"(.cpu_ns / 1000 | floor) | if . >= $before and . <= $after then true else . end"
row "processor time of the parent" "$OURS/a" true ".cpu_ns / 1000 >= $before"
row "tasks" "$OURS/a/b" "$(wc -l <"$OURS/a/b/cgroup.threads")" .tasks
row "tasks of the parent" "$OURS/a" 0 .tasks

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
	look
	row "limits" "$OURS/limited" '[1073741824,33]' '[.memory_limit_bytes, .pids_limit]'
	row "no limits" "$OURS/a" '[null,null]' '[.memory_limit_bytes, .pids_limit]'
	row "use" "$OURS/limited" "[$(cat "$OURS/limited/memory.current"),1]" '[.memory_bytes, .pids]'
else
	skip "memory and pids" "other trees have these controllers"
fi

# Names: anything but a slash, newlines apart.
mkdir "$OURS/a b" "$OURS/\"q\"" "$OURS/\\n" "$OURS/$(printf 'n%.0s' $(seq 255))"
same "names" "$(paths "$OURS" | sort)" "$(ours | sort)"
same "a name with a blank, as text" "${OURS#"$TREE"}/a\\x20b" \
	"$(awk -v id="$(stat -c %i "$OURS/a b")" '$1 == id { print $NF }' "$MOUNT/cgroups")"

# More than the kernel walks at once.
MANY=$((SMALL ? 300 : 1000))
for i in $(seq $MANY); do echo "$OURS/many.$i/in"; done | xargs mkdir -p
deep=$OURS/deep
for _ in $(seq 12); do deep+=/$(printf 'd%.0s' $(seq 250)); done
mkdir -p "$deep"
paths "$OURS" | sort >"$SCRATCH/expected"
look
same "$((2 * MANY)) cgroups, each once" "$(cat "$SCRATCH/expected")" "$(ours | sort)"
# A cgroup's path is its parent's and a name, its level one more.
misplaced() {
	jq -rs '(map({(.id | tostring): .}) | add) as $by_id | .[] | select(.path | startswith("/bpfview-test.'$$'"))
		| $by_id[.parent_id | tostring] as $parent
		| select(.level != $parent.level + 1 or
			(.path | sub("/[^/]*$"; "")) != ($parent.path | sub("^/$"; ""))) | .path' "$MOUNT/cgroups.json"
}
same "$((2 * MANY)) cgroups, each below its parent" "" "$(misplaced)"
row "its descendants" "$OURS" "$(($(wc -l <"$SCRATCH/expected") - 1))" .descendants
same "in several passes: text has the same rows" "$(jq .id "$MOUNT/cgroups.json" | sort)" \
	"$(awk 'NR > 1 { print $1 }' "$MOUNT/cgroups" | sort)"
row "a path of ${#deep} bytes" "$deep" "${deep#"$TREE"}" .path

# Others come and go before and after, while several read: those that stay are there, once.
(while :; do
	mkdir "$OURS/0" "$OURS/zz" 2>/dev/null
	rmdir "$OURS/0" "$OURS/zz" 2>/dev/null
done) &
tasks+=($!)
many() { awk -v many="${OURS#"$TREE"}/many." 'index($NF, many) == 1 { print $NF }' | sort; }
many <"$SCRATCH/expected" >"$SCRATCH/many"
for reader in 1 2 3; do
	for _ in $(seq 10); do
		many <"$MOUNT/cgroups" | cmp -s - "$SCRATCH/many" || echo "$reader differs"
	done >"$SCRATCH/reader.$reader" &
	readers[reader]=$!
done
wait "${readers[@]}"
same "those that stay have one row each while others come and go" "$((2 * MANY)) " \
	"$(wc -l <"$SCRATCH/many") $(cat "$SCRATCH"/reader.?)"

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
	about "$MOUNT/$table.json"
	ask "${table/${tasks[-1]}/PID}: the end of a path of 37,000 bytes" "/.../$name yes" \
		"select(.pid == ${tasks[-1]} or .level == 152) | .path // .cgroup |
		\"\\(.[:5])\\(.[-250:]) \\(if length > 12000 then \"yes\" else length end)\""
done
