// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "typed_maps.h"

#define MAP(name, kind, key_type, value_type, size)                                                \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_##kind);                                                 \
		__type(key, key_type);                                                             \
		__type(value, value_type);                                                         \
		__uint(max_entries, size);                                                         \
	} name SEC(".maps")

MAP(typed_hash, HASH, struct pair, struct everything, 4);
MAP(typed_lru, LRU_HASH, __u32, enum colour, 4);
MAP(typed_array, ARRAY, __u32, struct point, 3);
MAP(typed_guarded, HASH, __u32, struct guarded, 2);
MAP(typed_cpus, PERCPU_HASH, __u64, struct counters, 2);
MAP(typed_lru_cpus, LRU_PERCPU_HASH, __s32, __u32, 8);
MAP(typed_cpu_array, PERCPU_ARRAY, __u32, __u64, 2);

__u32 first = 42;
struct point second = {-1, 1};
