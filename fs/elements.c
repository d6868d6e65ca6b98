// SPDX-License-Identifier: GPL-2.0-only
#include "elements.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "element_map.h"
#include "explain.h"
#include "kernel.h"
#include "source.h"

#define RECORD_MAX (8 << 20) /* a reader keeps several */

/* Not in all headers yet. */
#define MAP_TYPE_CGRP_STORAGE 32
#define MAP_TYPE_ARENA	      33

struct element_way {
	element_open *open;
	bool percpu;
	const char *why; /* it can't be shown; with no open */
};

/* By map type. Where there is nothing the kernel is newer than this table. */
static const struct element_way ways[] = {
	[BPF_MAP_TYPE_HASH] = {.open = element_iterate_open},
	[BPF_MAP_TYPE_LRU_HASH] = {.open = element_iterate_open},
	[BPF_MAP_TYPE_ARRAY] = {.open = element_iterate_open},
	[BPF_MAP_TYPE_PERCPU_ARRAY] = {.open = element_iterate_open, .percpu = true},
	[BPF_MAP_TYPE_PERCPU_HASH] = {.open = element_iterate_open, .percpu = true},
	[BPF_MAP_TYPE_LRU_PERCPU_HASH] = {.open = element_iterate_open, .percpu = true},
	[BPF_MAP_TYPE_LPM_TRIE] = {.open = element_keys_open},
	[BPF_MAP_TYPE_ARRAY_OF_MAPS] = {.open = element_keys_open},
	[BPF_MAP_TYPE_HASH_OF_MAPS] = {.open = element_keys_open},
	[BPF_MAP_TYPE_PROG_ARRAY] = {.open = element_keys_open},
	[BPF_MAP_TYPE_DEVMAP] = {.open = element_keys_open},
	[BPF_MAP_TYPE_DEVMAP_HASH] = {.open = element_keys_open},
	[BPF_MAP_TYPE_CPUMAP] = {.open = element_keys_open},
	[BPF_MAP_TYPE_XSKMAP] = {.open = element_keys_open},
	[BPF_MAP_TYPE_STACK_TRACE] = {.open = element_keys_open},
	[BPF_MAP_TYPE_PERF_EVENT_ARRAY] = {.open = element_keys_open},
	[BPF_MAP_TYPE_CGROUP_ARRAY] = {.open = element_keys_open},
	[BPF_MAP_TYPE_REUSEPORT_SOCKARRAY] = {.open = element_keys_open},
	[BPF_MAP_TYPE_CGROUP_STORAGE] = {.open = element_keys_open},
	[BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE] = {.open = element_keys_open, .percpu = true},
	[BPF_MAP_TYPE_STRUCT_OPS] = {.open = element_keys_open},
	[BPF_MAP_TYPE_QUEUE] = {.open = element_peek_open},
	[BPF_MAP_TYPE_STACK] = {.open = element_peek_open},
	[BPF_MAP_TYPE_SOCKMAP] = {.open = element_socket_open},
	[BPF_MAP_TYPE_SOCKHASH] = {.open = element_socket_open},
	[BPF_MAP_TYPE_SK_STORAGE] = {.open = element_socket_storage_open},
	[BPF_MAP_TYPE_TASK_STORAGE] = {.open = element_task_storage_open},
	[MAP_TYPE_CGRP_STORAGE] = {.open = element_cgroup_storage_open},
	[BPF_MAP_TYPE_RINGBUF] = {.open = element_ring_open},
	[BPF_MAP_TYPE_USER_RINGBUF] = {.open = element_ring_open},
	[BPF_MAP_TYPE_BLOOM_FILTER] = {.why = "a bloom filter keeps no values: it only tells "
					      "whether one may have been put in"},
	[BPF_MAP_TYPE_INODE_STORAGE] = {.why = "the kernel gives an inode's value only for an "
					       "open file of that inode"},
	[MAP_TYPE_ARENA] = {.why = "a look at an arena's page would make the page"},
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))

static int elements_refuse(const struct bpf_map_info *info, const char *why)
{
	const char *name = libbpf_bpf_map_type_str(info->type);

	if (!name && info->type == MAP_TYPE_ARENA)
		name = "arena";
	return explain(-EOPNOTSUPP, why, "map %u is of kind %s, whose elements can't be shown",
		       info->id, name ? name : "unknown");
}

static int elements_measure(struct element_map *map, const struct element_way *way)
{
	unsigned long long bytes = map->info.value_size;

	if (way->percpu) {
		map->cpus = (unsigned int)libbpf_num_possible_cpus();
		bytes = (bytes + 7) / 8 * 8 * map->cpus;
	}
	if (bytes + map->info.key_size > RECORD_MAX)
		return explain(-E2BIG, "rows may be of 8 MiB",
			       "an element of map %u is of %llu bytes", map->info.id,
			       bytes + map->info.key_size);
	map->value_bytes = (__u32)bytes;
	return 0;
}

static int elements_source(struct element_map *map, struct source **out)
{
	__u32 size = sizeof(map->info);
	const struct element_way *way;
	int error = bpf_obj_get_info_by_fd(map->descriptor, &map->info, &size);

	if (error)
		return explain(error, NULL, "asking for the map: %s", strerror(-error));
	way = map->info.type < WAYS ? &ways[map->info.type] : NULL;
	if (!way || !way->open)
		return elements_refuse(&map->info, way ? way->why : NULL);
	error = elements_measure(map, way);
	return error ? error : way->open(map, out);
}

int elements_open(__u32 map_id, int pids, struct source **out)
{
	struct element_map map = {.descriptor = kernel_map(map_id), .pids = pids};
	int error;

	if (map.descriptor < 0)
		return map.descriptor;
	error = elements_source(&map, out);
	close(map.descriptor);
	return error;
}
