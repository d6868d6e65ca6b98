// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_elements COUNT [plain]: a hash map of COUNT elements, u32 key and u64 value, with their BTF
 * unless `plain` is said. Prints its id, and stays until standard input ends.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <stdbool.h>
#include <string.h>

#include "world.h"

enum {
	BATCH = 4096
};

static int create_map(__u32 count, bool plain)
{
	struct bpf_map_create_opts options = {.sz = sizeof(options)};
	struct btf *btf = btf__new_empty();

	if (plain)
		return bpf_map_create(BPF_MAP_TYPE_HASH, "many_plain", 4, 8, count, NULL);
	options.btf_key_type_id = btf__add_int(btf, "unsigned int", 4, 0);
	options.btf_value_type_id = btf__add_int(btf, "unsigned long long", 8, 0);
	if (btf__load_into_kernel(btf))
		err(1, "BTF");
	options.btf_fd = btf__fd(btf);
	return bpf_map_create(BPF_MAP_TYPE_HASH, "many_elements", 4, 8, count, &options);
}

static void fill_map(int map, __u32 count)
{
	__u32 keys[BATCH];
	__u64 values[BATCH];

	for (__u32 done = 0; done < count;) {
		__u32 size = count - done < BATCH ? count - done : BATCH;

		for (__u32 i = 0; i < size; i++) {
			keys[i] = done + i;
			values[i] = keys[i] * 1000003ULL;
		}
		if (bpf_map_update_batch(map, keys, values, &size, NULL))
			err(1, "update");
		done += size;
	}
}

int main(int argc, char **argv)
{
	struct bpf_map_info info = {0};
	__u32 count, size = sizeof(info);
	int map;

	if (argc < 2)
		errx(2, "usage: many_elements COUNT [plain]");
	count = world_count(argv[1]);
	map = world_check(create_map(count, argc > 2 && !strcmp(argv[2], "plain")), "map");
	fill_map(map, count);
	world_check(bpf_obj_get_info_by_fd(map, &info, &size), "map info");
	world_stay("%u", info.id);
	return 0;
}
