// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_maps COUNT: so many BPF maps, named many_0, many_1 ..., arrays of one element, u32 and u64.
 * Prints its pid, and stays until standard input ends. The kernel removes the maps a little later.
 */
#include <bpf/bpf.h>

#include "world.h"

#define OTHERS 3U

int main(int argc, char **argv)
{
	unsigned int count;
	char name[BPF_OBJ_NAME_LEN];

	if (argc != 2)
		errx(2, "usage: many_maps COUNT");
	count = world_count(argv[1]);
	if (world_descriptors(OTHERS + count) < OTHERS + count)
		errx(1, "a process may not have %u descriptors here", OTHERS + count);
	closefrom((int)OTHERS);
	for (unsigned int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "many_%u", i);
		world_check(bpf_map_create(BPF_MAP_TYPE_ARRAY, name, 4, 8, 1, NULL), name);
	}
	world_stay("%d", getpid());
	return 0;
}
