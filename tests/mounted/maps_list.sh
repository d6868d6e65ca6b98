#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# maps/list, against bpftool for maps of many kinds that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_objects.sh"

# Maps that are pinned in a bpffs of our own until the test ends.
mkdir "$SCRATCH/bpf"
mount -t bpf none "$SCRATCH/bpf"
cleanup_objects=$(declare -f cleanup)
eval "${cleanup_objects/cleanup/objects_cleanup}"
cleanup() {
	umount "$SCRATCH/bpf"
	objects_cleanup
}
# pin TYPE KEY VALUE ENTRIES [ARGUMENT...]: a map named TYPE
pinned=()
pin() {
	local type=$1 output
	shift
	if output=$(bpftool map create "$SCRATCH/bpf/$type" type "$type" key "$1" value "$2" entries "$3" \
		name "${type:0:15}" "${@:4}" 2>&1); then
		pinned+=("$type")
	else
		skip "a map of type $type" "$output"
	fi
}

mount_start
make_objects
pin hash 4 8 1000
pin percpu_hash 8 16 10
pin array 4 100 3 flags 0x400
pin percpu_array 4 12 2
pin lru_hash 4 8 50
pin lru_percpu_hash 4 8 50
pin lpm_trie 8 4 20 flags 1
pin prog_array 4 4 5
pin perf_event_array 4 4 2
pin stack_trace 4 80 16
pin queue 0 8 9
pin stack 0 8 9
pin bloom_filter 0 4 100
pin ringbuf 0 0 4096
pin array_of_maps 4 4 2 inner_map pinned "$SCRATCH/bpf/hash"
pin hash_of_maps 4 4 2 inner_map pinned "$SCRATCH/bpf/array"
pin cgroup_array 4 4 2
pin devmap 4 4 2
pin sockmap 4 4 2
pin sockhash 4 4 2
pin cpumap 4 4 1
pin xskmap 4 4 2
for key in 1 2 3; do
	for type in hash lru_hash; do
		bpftool map update pinned "$SCRATCH/bpf/$type" key "$key" 0 0 0 value 1 0 0 0 0 0 0 0
	done
done
# Kernels before 6.6 count those alone that are not preallocated.
bpftool map create "$SCRATCH/bpf/unallocated" type hash key 4 value 8 entries 100 flags 1 name unallocated
pinned+=(unallocated)
bpftool map update pinned "$SCRATCH/bpf/unallocated" key 1 0 0 0 value 1 0 0 0 0 0 0 0
bpftool map freeze pinned "$SCRATCH/bpf/percpu_array"

TABLE=$SCRATCH/list.json
cat "$MOUNT/maps/list.json" >"$TABLE"
about "$TABLE"
# shown NAME MAP...: asks for the map of that name what bpftool shows of it
declare -A ids
shown() {
	local name=$1 output
	shift
	output=$(bpftool -j map show "$@")
	[[ $output =~ \"id\":([0-9]+) ]] && ids[$name]=${BASH_REMATCH[1]}
	value "$name" "as bpftool" true "{id, type, name, flags, bytes_key: .key_bytes, bytes_value: .value_bytes,
		max_entries, bytes_memlock: .memory_bytes, frozen, btf_id} | if . == ($output
		| {id, type, name, flags: (.flags | hex), bytes_key, bytes_value, max_entries, bytes_memlock,
			frozen: (.frozen == 1), btf_id}) then true else . end"
}
# value NAME WHAT EXPECTED FILTER
value() {
	ask "$1: $2" "$3" "def hex: \"0x\" + (\"00000000\" + ([recurse(if . > 15 then . / 16 | floor else empty
		end) % 16] | reverse | map(\"0123456789abcdef\"[.:. + 1]) | add))[-8:];
		select(.id == ${ids[$1]}) | $4 | tojson"
}
for type in "${pinned[@]}"; do shown "$type" pinned "$SCRATCH/bpf/$type"; done
for name in known_hash known_array_fif; do shown "$name" id "$(id_of map "$name")"; done

counts='[.entries, .fullness_percent, .pending_bytes]'
if grep -q ' bpf_map_sum_elem_count$' /proc/kallsyms; then
	value hash "entries" "[3,0,null]" "$counts"
	value percpu_hash "entries of an empty one" "[0,0,null]" "$counts"
	value lru_hash "entries" "[3,6,null]" "$counts"
else
	value hash "entries, which this kernel doesn't count" "[null,null,null]" "$counts"
fi
value unallocated "entries" "[1,1,null]" "$counts"
value array "entries" "[3,100,null]" "$counts"
value queue "entries" "[0,0,null]" "$counts"
value bloom_filter "entries, which nobody counts" "[null,null,null]" "$counts"
value ringbuf "bytes of an empty one" "[null,0,0]" "$counts"
value percpu_array frozen true .frozen
value array "not frozen" false .frozen
value array_of_maps "inner type" '"hash"' .inner_type
value hash_of_maps "inner type" '"array"' .inner_type
value hash "no inner type" null .inner_type
value array "users: the pin" 1 .user_references
same "the names of the hash maps" yes "$(jq -r 'select(.type=="hash").name' "$MOUNT/maps/list.json" |
	grep -qx known_hash && echo yes)"
same "no map twice" "" "$(jq .id "$TABLE" | sort | uniq -d)"
