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
own() {
	jq "select(.id == $1)"' | {id, type, name, flags, key: .key_bytes, value: .value_bytes,
		max_entries, memory: .memory_bytes, frozen, btf_id}' "$TABLE"
}
bpftools() {
	jq '{id, type, name, flags, key: .bytes_key, value: .bytes_value, max_entries,
		memory: .bytes_memlock, frozen: (.frozen == 1), btf_id}'
}
hex_flags() { jq '.flags |= ("0x" + ("00000000" + ([recurse(if . > 15 then . / 16 | floor else empty
	end) % 16] | reverse | map("0123456789abcdef"[.:. + 1]) | add))[-8:])'; }
for type in "${pinned[@]}"; do
	id=$(bpftool -j map show pinned "$SCRATCH/bpf/$type" | jq .id)
	agrees "$type: as bpftool" \
		"$(bpftool -j map show pinned "$SCRATCH/bpf/$type" | bpftools | hex_flags)" "$(own "$id")"
done
for name in known_hash known_array_fif; do
	id=$(id_of map "$name")
	agrees "$name: as bpftool" "$(bpftool -j map show id "$id" | bpftools | hex_flags)" "$(own "$id")"
done

# value TYPE FILTER
value() {
	jq -c "select(.id == $(bpftool -j map show pinned "$SCRATCH/bpf/$1" | jq .id)) | $2" "$TABLE"
}
counts() { value "$1" '[.entries, .fullness_percent, .pending_bytes]'; }
if bpftool btf dump file /sys/kernel/btf/vmlinux | grep -q "FUNC 'bpf_map_sum_elem_count'"; then
	same "entries of a hash" "[3,0,null]" "$(counts hash)"
	same "entries of an empty one" "[0,0,null]" "$(counts percpu_hash)"
	same "entries of an LRU hash" "[3,6,null]" "$(counts lru_hash)"
else
	same "entries of a hash, which this kernel doesn't count" "[null,null,null]" "$(counts hash)"
fi
same "entries of a hash that isn't preallocated" "[1,1,null]" "$(counts unallocated)"
same "entries of an array" "[3,100,null]" "$(counts array)"
same "entries of a queue" "[0,0,null]" "$(counts queue)"
same "entries of a Bloom filter, which nobody counts" "[null,null,null]" "$(counts bloom_filter)"
same "bytes of an empty ring buffer" "[null,0,0]" "$(counts ringbuf)"
same "frozen" "true false" "$(value percpu_array .frozen) $(value array .frozen)"
same "inner type" '"hash" "array" null' "$(value array_of_maps .inner_type) $(
	value hash_of_maps .inner_type) $(value hash .inner_type)"
same "users: the pin" 1 "$(value array .user_references)"
same "the names of the hash maps" yes "$(jq -r 'select(.type=="hash").name' "$MOUNT/maps/list.json" |
	grep -qx known_hash && echo yes)"
same "no map twice" "" "$(jq .id "$TABLE" | sort | uniq -d)"
