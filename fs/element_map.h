/* SPDX-License-Identifier: GPL-2.0-only */
/* A map whose elements are to be shown, as those who show them get it. */
#ifndef BPFVIEW_ELEMENT_MAP_H
#define BPFVIEW_ELEMENT_MAP_H

#include <linux/bpf.h>

struct source;

struct element_map {
	int descriptor; /* for reading alone */
	struct bpf_map_info info;
	unsigned int cpus; /* 0: not per-CPU */
	__u32 value_bytes; /* of all CPUs together */
	int pids; /* the reader's pid namespace, or -1 for the daemon's */
};

/*
 * Opens the rows of a map. The map stays the caller's: the source takes descriptors of its own. 0
 * or a negative errno, with words.
 */
typedef int element_open(const struct element_map *map, struct source **out);

element_open element_iterate_open; /* hash and array kinds, by the iterator or by batches */
element_open element_keys_open; /* element by element, by the kernel's next key and a look-up */
element_open element_peek_open; /* the head of a queue, the top of a stack */
element_open element_socket_open; /* socket maps */
element_open element_socket_storage_open; /* what programs keep with sockets */
element_open element_task_storage_open; /* what programs keep with tasks */
element_open element_cgroup_storage_open; /* and with cgroups: those of v2 that are mounted */
element_open element_ring_open; /* a ring buffer's records that are not consumed yet */

/* Bytes that a key takes up in a record. */
static inline size_t element_key_room(const struct element_map *map)
{
	return (map->info.key_size + 7) & ~7U;
}

#endif
