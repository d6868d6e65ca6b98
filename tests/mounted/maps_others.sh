#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# maps/<id> of each kind that is neither hash nor array: what is shown is what was put in, and
# reading changes nothing.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/maps_lib.sh"
mount_start
maps=$MOUNT/maps

# A machine may have no cgroup v2 mounted.
hierarchy=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
if [ -z "$hierarchy" ]; then
	hierarchy=$SCRATCH/cgroups
	mkdir "$hierarchy"
	mount -t cgroup2 none "$hierarchy"
fi
group=$(mktemp -d "$hierarchy/bpfview-test.XXXXXX")
declare -F cleanup >/dev/null && eval "stop_makers() $(declare -f cleanup | tail -n +2)"
first=
cleanup() {
	[ -z "$first" ] || kill -KILL "$first"
	stop_makers
	rmdir "$group"
	[ "$hierarchy" != "$SCRATCH/cgroups" ] || umount "$hierarchy"
}

make_maps other_maps "$TOOLS/other_maps.bpf.o" "$group"
declare -A id
while read -r name number; do id[$name]=$number; done <"$SCRATCH/ids"

# is NAME LINE...: the table's lines, blanks squeezed and rows sorted
is() {
	local name=$1
	shift
	[ -n "${id[$name]-}" ] || { skip "$name" "the kernel has no such kind of map"; return; }
	same "$name" "$(printf '%s\n' "$1" && printf '%s\n' "${@:2}" | sort)" \
		"$(awk '{ $1 = $1 } NR == 1 { print; fflush(); next } { print | "sort" }' \
			"$maps/${id[$name]}")"
	same "$name: read again" "$(cat "$maps/${id[$name]}")" "$(cat "$maps/${id[$name]}")"
}
# refused NAME HINT
refused() {
	[ -n "${id[$1]-}" ] || { skip "$1" "the kernel has no such kind of map"; return; }
	fails "$1: refused" "Operation not supported" cat "$maps/${id[$1]}"
	same "$1: words" "map ${id[$1]} is of kind $1, whose elements can't be shown: $2" \
		"$(jq -r --arg path "maps/${id[$1]}" \
			'select(.path == $path) | "\(.message): \(.hint)"' \
			"$MOUNT/errors.json" | tail -n 1)"
}

is plain_trie "PREFIX_LENGTH PREFIX VALUE" "8 0a000000 01000000" "24 0a010200 02000000"
is typed_trie "KEY VALUE" '{"length":32,"address":[192,168,0,1]} {"x":2,"y":-2}' \
	'{"length":0,"address":[0,0,0,0]} {"x":1,"y":-1}'
is array_of_maps "KEY MAP_ID" "2 ${id[inner]}"
is hash_of_maps "KEY MAP_ID" "7477656c7665206279746573 ${id[inner]}"
is prog_array "KEY PROG_ID" "1 ${id[program]}"
is queue "PLACE OTHERS VALUE" "head unseen 01000000"
is stack "PLACE OTHERS VALUE" "top unseen 03000000"
is devmap "KEY IFINDEX" "3 1"
is devmap_hash "KEY IFINDEX PROG_ID" "77 1 -"
is cpumap "CPU QUEUE_SIZE PROG_ID" "0 192 -"
for name in xskmap perf_event_array cgroup_array; do
	is $name "KEY VALUE" "0 unreadable" "1 unreadable"
done
is reuseport "KEY COOKIE" "2 ${id[other_cookie]}"
locked=
if refuses_elements; then
	skip "sockmap, sockhash, sk_storage" "$REFUSES_ELEMENTS"
	locked='sockmap|sockhash|sk_storage'
	fails "sockmap: refused" "not permitted" cat "$maps/${id[sockmap]}"
else
	is sockmap "KEY COOKIE" "1 ${id[cookie]}"
	is sockhash "KEY COOKIE" "736978736978 ${id[cookie]}"
	is sk_storage "COOKIE VALUE" "${id[cookie]} {\"x\":5,\"y\":-5}"
fi
is task_storage "PID TID GLOBAL_PID GLOBAL_TID VALUE" "${id[pid]} ${id[pid]} - - {\"x\":6,\"y\":-6}"
is cgrp_storage "CGROUP_ID VALUE" "$(stat -c %i "$group") {\"x\":8,\"y\":-8}"
is cgroup_storage "KEY VALUE"
is percpu_cgroup_storage "KEY VALUES"
is user_ringbuf "POSITION STATE BYTES DATA" "0 consumer - -" "0 ready 3 616263" "16 busy 8 -" \
	"32 producer - -"
long=$(printf '01%079996d02' 0)
is ringbuf "POSITION STATE BYTES DATA" "0 consumer - -" "0 ready 1 41" "16 discarded 16 -" \
	"40 ready 40000 $long" "40048 producer - -"
same "empty_queue" "PLACE OTHERS VALUE" "$(cat "$maps/${id[empty_queue]}")"
same "ringbuf, in JSON" '{"position":0,"state":"ready","bytes":1,"data":"41"}' \
	"$(sed -n 2p "$maps/${id[ringbuf]}.json")"
same "stack_trace: the key and addresses of the kernel" "1 1" \
	"$(jq -r '[(.key | type == "number"), (.stack | length > 1 and all(test("^0x[0-9a-f]{16}$")))]
		| map(if . then 1 else 0 end) | join(" ")' "$maps/${id[stack_trace]}.json")"
refused bloom_filter "a bloom filter keeps no values: it only tells whether one may have been put in"
refused inode_storage "the kernel gives an inode's value only for an open file of that inode"
refused arena "a look at an arena's page would make the page"
for name in "${!id[@]}"; do
	[[ ! $name =~ ^(pid|program|cookie|other_cookie|bloom_filter|inode_storage|arena|$locked)$ ]] || continue
	ok "$name: each line of JSON is whole" jq -e . <(echo 1; cat "$maps/${id[$name]}.json")
done

# README has a column of each kind, and none of no kind.
make_map percpu_array 4 4 1 1
head -n 1 "$maps/${id[0]}.csv" >"$SCRATCH/headers"
for name in "${!id[@]}"; do
	[[ $name =~ ^(pid|program|cookie|other_cookie)$ ]] || head -n 1 "$maps/${id[$name]}.csv"
done >>"$SCRATCH/headers" 2>/dev/null
in_readme=$(awk '/^[^ ].*:/ { found = $1 == "maps/<id>:" } found && /^  / { print $1 }' \
	"$MOUNT/README" | sort)
in_headers=$(tr , '\n' <"$SCRATCH/headers" | sort -u)
same "README has all columns" "" "$(comm -13 <(echo "$in_readme") <(echo "$in_headers"))"
if [ -n "${id[cgrp_storage]-}" ]; then
	same "README has no others" "" "$(comm -23 <(echo "$in_readme") <(echo "$in_headers"))"
else
	skip "README has no others" "this kernel doesn't have all kinds"
fi

# How much is in each, as maps/list has it: ENTRIES FULLNESS_PERCENT PENDING_BYTES
counts() {
	local name=$1
	shift
	[ -n "${id[$name]-}" ] || { skip "$name: entries" "the kernel has no such kind of map"; return; }
	same "$name: entries" "$*" "$(jq -r --argjson id "${id[$name]}" 'select(.id == $id) |
		[.entries, .fullness_percent, .pending_bytes] | map(. // "-") | join(" ")' "$SCRATCH/list")"
}
cat "$MOUNT/maps/list.json" >"$SCRATCH/list"
for name in plain_trie typed_trie array_of_maps prog_array devmap devmap_hash sockmap sockhash \
	reuseport; do
	case $name in *_trie) counts $name 2 25 - ;; *) counts $name 1 25 - ;; esac
done
for name in queue stack; do counts $name 3 37 -; done
for name in xskmap perf_event_array cgroup_array; do counts $name 1 50 -; done
counts empty_queue 0 0 -
counts round_queue 8 88 -
counts many_slots 18 0 -
counts more_slots - - -
counts cpumap 1 100 -
counts stack_trace 1 6 -
counts ringbuf - 61 40048
counts user_ringbuf - 0 32
for name in sk_storage task_storage inode_storage cgrp_storage bloom_filter arena; do
	counts $name - - -
done

# What was read is still there for the one it is meant for.
pop() {
	bpftool -j map "$1" id "${id[$2]}" | jq -c '.value'
}
same "queue: nothing was taken" '["0x01","0x00","0x00","0x00"]' "$(pop dequeue queue)"
same "stack: nothing was taken" '["0x03","0x00","0x00","0x00"]' "$(pop pop stack)"
is queue "PLACE OTHERS VALUE" "head unseen 02000000"
is stack "PLACE OTHERS VALUE" "top unseen 02000000"

# By name, where one map alone has it.
same "by name" "$(cat "$maps/${id[hash_of_maps]}")" "$(cat "$maps/hash_of_maps")"
same "by name, in JSON" "$(cat "$maps/${id[hash_of_maps]}.json")" "$(cat "$maps/hash_of_maps.json")"
same "a name is not listed" "" "$(find "$maps" -name hash_of_maps)"
make_maps other_maps "$TOOLS/other_maps.bpf.o" "$group"
fails "by a name of two" "Name not unique" cat "$maps/hash_of_maps"
fails "by a name of none" "No such file" cat "$maps/no_such_map"

# A process in a pid namespace, as that numbers it and as the machine does.
unshare --pid --fork --kill-child "$TOOLS/other_maps" task "${id[task_storage]}" \
	<"$SCRATCH/hold" >"$SCRATCH/made" 2>/dev/null {hold}>&- &
makers+=($!)
same "task_storage: made in a pid namespace" "pid 1" "$(head -n 1 "$SCRATCH/made")"
first=$(pgrep -P "${makers[-1]}")
storage() { jq -c '[.pid, .tid, .global_pid, .global_tid, .value.x]' "$maps/${id[task_storage]}.json" | sort; }
same "task_storage: of a pid namespace, from outside" \
	"$(printf '[%d,%d,null,null,%d]\n' "${id[pid]}" "${id[pid]}" 6 "$first" "$first" 9 | sort)" "$(storage)"
same "task_storage: of a pid namespace, from inside" "[1,1,$first,$first,9]" \
	"$(nsenter --target "$first" --pid cat "$maps/${id[task_storage]}.json" |
		jq -c '[.pid, .tid, .global_pid, .global_tid, .value.x]')"
