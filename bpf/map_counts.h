/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How much is in a map, where the kernel counts it or a short look tells. Each kind's own struct
 * starts with its struct bpf_map. Nothing is locked: a count may be one of a moment ago.
 */
#ifndef BPFVIEW_MAP_COUNTS_H
#define BPFVIEW_MAP_COUNTS_H

#include <bpfview/objects.bpf.h>
#include <bpfview/view.bpf.h>

#include "names.h"

#define SLOTS_MOST  16384 /* are looked at, which takes some 25 us */
#define SLOTS_CHUNK 32

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct map_counter {
	int counter;
};

struct bpf_htab {
	struct map_counter count; /* of maps that are not preallocated */
	bool use_percpu_counter; /* instead */
};

struct bpf_queue_stack {
	__u32 head, tail, size;
};

struct lpm_trie {
	unsigned long n_entries;
};

struct bpf_ringbuf {
	unsigned long consumer_pos, producer_pos;
};

struct bpf_ringbuf_map {
	struct bpf_ringbuf *rb;
};

struct bpf_shtab { /* sockhash */
	struct map_counter count;
};

struct bpf_stab { /* sockmap */
	void **sks;
};

struct bpf_dtab { /* devmap and devmap_hash */
	void **netdev_map;
	unsigned int items; /* of devmap_hash */
};

struct bpf_cpu_map {
	void **cpu_map;
};

struct xsk_map {
	void *xsk_map[0];
};

struct reuseport_array {
	void *ptrs[0];
};

struct bpf_array {
	void *ptrs[0];
};

struct bpf_stack_map {
	__u32 n_buckets;
	void *buckets[0];
};

#pragma clang attribute pop

struct slots_walk {
	void **slots;
	__u32 count;
	__s64 used;
};

static long slots_add(__u32 index, struct slots_walk *walk)
{
	__u32 first = index * SLOTS_CHUNK, count = walk->count - first;
	__u64 chunk[SLOTS_CHUNK] = {};

	if (first >= walk->count)
		return 1;
	if (count > SLOTS_CHUNK)
		count = SLOTS_CHUNK;
	bpf_probe_read_kernel(chunk, count * sizeof(chunk[0]), &walk->slots[first]);
	for (int i = 0; i < SLOTS_CHUNK; i++) {
		__u64 negative = -chunk[i];

		/* 1 for what isn't 0, without a branch: of 32 the verifier sees no end of ways. */
		barrier_var(negative);
		walk->used += (chunk[i] | negative) >> 63;
	}
	return 0;
}

/* The array that a map's struct of that kind ends with. */
#define slots_within(map, kind, member) ((void *)(map) + bpf_core_field_offset(struct kind, member))

/* Where a map keeps an array of pointers, those that it has no element for being NULL. */
static inline void *map_slots(const struct bpf_map *map, enum map_type type)
{
	switch (type) {
	case map_prog_array:
	case map_perf_event_array:
	case map_cgroup_array:
	case map_array_of_maps:
		return slots_within(map, bpf_array, ptrs);
	case map_stack_trace:
		return slots_within(map, bpf_stack_map, buckets);
	case map_reuseport_sockarray:
		return slots_within(map, reuseport_array, ptrs);
	case map_xskmap:
		return slots_within(map, xsk_map, xsk_map);
	case map_sockmap:
		return BPF_CORE_READ((const struct bpf_stab *)map, sks);
	case map_devmap:
		return BPF_CORE_READ((const struct bpf_dtab *)map, netdev_map);
	case map_cpumap:
		return BPF_CORE_READ((const struct bpf_cpu_map *)map, cpu_map);
	default:
		return NULL;
	}
}

/*
 * These four take a map's address, as a number, and are not static: so each of them is verified
 * once, by itself. Inlined, all ways through one are gone for each way through those before it.
 */

/* How many elements, or bytes, it has room for. */
__noinline long map_room(unsigned long address)
{
	const struct bpf_map *map = (const struct bpf_map *)address;

	if (BPF_CORE_READ(map, map_type) == BPF_MAP_TYPE_STACK_TRACE)
		return BPF_CORE_READ((const struct bpf_stack_map *)map, n_buckets);
	return BPF_CORE_READ(map, max_entries);
}

/* What a look at its slots tells: -1 where it has none, or too many. */
__noinline long map_slots_used(unsigned long address)
{
	const struct bpf_map *map = (const struct bpf_map *)address;
	struct slots_walk walk = {.count = map_room(address)};

	walk.slots = map_slots(map, (enum map_type)BPF_CORE_READ(map, map_type));
	if (!walk.slots || walk.count > SLOTS_MOST)
		return -1;
	bpf_loop(SLOTS_MOST / SLOTS_CHUNK, slots_add, &walk, 0);
	return walk.used;
}

/* Before 6.6 the kernel counts those hashes alone that are not preallocated. */
static inline long hash_entries(const struct bpf_map *map)
{
	const struct bpf_htab *hash = (const struct bpf_htab *)map;

	if (!(BPF_CORE_READ(map, map_flags) & BPF_F_NO_PREALLOC) ||
	    BPF_CORE_READ(hash, use_percpu_counter))
		return -1;
	return BPF_CORE_READ(hash, count.counter);
}

/* A ring with a slot more than elements, so that one that is full isn't one that is empty. */
static inline long queue_entries(const struct bpf_map *map)
{
	const struct bpf_queue_stack *queue = (const struct bpf_queue_stack *)map;
	__u32 head = BPF_CORE_READ(queue, head), tail = BPF_CORE_READ(queue, tail);

	return head >= tail ? head - tail : head + BPF_CORE_READ(queue, size) - tail;
}

/* What the kernel counts, two positions tell, or a look; -1 where nothing does. */
__noinline long map_entries(unsigned long address)
{
	const struct bpf_map *map = (const struct bpf_map *)address;

	switch ((enum map_type)BPF_CORE_READ(map, map_type)) {
	case map_array:
	case map_percpu_array:
		return BPF_CORE_READ(map, max_entries); /* all of them are there at all times */
	case map_hash:
	case map_percpu_hash:
	case map_lru_hash:
	case map_lru_percpu_hash:
	case map_hash_of_maps:
		return hash_entries(map);
	case map_lpm_trie:
		return BPF_CORE_READ((const struct lpm_trie *)map, n_entries);
	case map_queue:
	case map_stack:
		return queue_entries(map);
	case map_devmap_hash:
		return BPF_CORE_READ((const struct bpf_dtab *)map, items);
	case map_sockhash:
		return BPF_CORE_READ((const struct bpf_shtab *)map, count.counter);
	default:
		return map_slots_used(address);
	}
}

/* The positions are in pages that processes may write to: they may be anything. */
__noinline long ring_pending(unsigned long address)
{
	const struct bpf_ringbuf_map *ring = (const struct bpf_ringbuf_map *)address;
	const struct bpf_map *map = (const struct bpf_map *)address;
	enum map_type type = (enum map_type)BPF_CORE_READ(map, map_type);
	unsigned long pending;

	if (type != map_ringbuf && type != map_user_ringbuf)
		return -1;
	pending = BPF_CORE_READ(ring, rb, producer_pos) - BPF_CORE_READ(ring, rb, consumer_pos);
	return pending <= BPF_CORE_READ(map, max_entries) ? (long)pending : -1;
}

static inline __s8 percent(__s64 used, __s64 room)
{
	if (used < 0 || room < 1)
		return -1;
	return used < room ? (__u64)used * 100 / room : 100;
}

#endif
