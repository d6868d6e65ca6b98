/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * typed_maps OBJECT: makes the maps of typed_maps.bpf.o, fills them with what tests/mounted/maps.sh
 * expects, and prints `NAME ID` for each. Stays until standard input ends.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <float.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "typed_maps.h"

static const struct everything everything = {
	.tiny = 255,
	.negative = -2,
	.number = 4000000000,
	.above_2_53 = UINT64_MAX,
	.lowest = INT64_MIN,
	.yes = true,
	.letter = 'x',
	.green = COLOUR_GREEN,
	.blue = COLOUR_BLUE,
	.unknown = (enum colour)99,
	.nested = {-5, 6},
	.either.as_number = 0x04030201,
	.inside = 8,
	.bits_a = 5,
	.bits_b = -3,
	.bits_c = 0xabcdef,
	.numbers = {1, 2, 3},
	.matrix = {{1, 2}, {3, 4}},
	.points = {{1, 2}, {3, 4}},
	.text = "a b\"\\\n\xff",
	.full = {'f', 'u', 'l', 'l'},
	.raw = {0xde, 0xad, 0xff},
	.name = {9, 'n'},
	.pointer = (void *)0xffff888012345678,
	.single = 0.5F,
	.twice = -1.25e300,
	.huge = (unsigned __int128)1 << 127 | 1,
	.qualified = 77,
};

static void put(struct bpf_object *object, const char *name, const void *key, const void *value)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, name);

	if (!map || bpf_map_update_elem(bpf_map__fd(map), key, value, BPF_ANY))
		err(1, "%s", name);
}

/* A value of 8 or 16 bytes for each CPU, which begins with a number: base, base + 1 ... */
static void put_cpus(struct bpf_object *object, const char *name, const void *key, __u64 base,
		     size_t value_size)
{
	size_t cpus = (size_t)libbpf_num_possible_cpus(), words = value_size / sizeof(__u64);
	__u64 *values = calloc(cpus, value_size);

	if (!values)
		err(1, NULL);
	for (size_t i = 0; i < cpus; i++)
		values[i * words] = base + i;
	put(object, name, key, values);
	free(values);
}

static void fill(struct bpf_object *object)
{
	put(object, "typed_hash", &(struct pair){1, "one two"}, &everything);
	put(object, "typed_hash", &(struct pair){2, ""}, &(struct everything){});
	put(object, "typed_lru", &(__u32){11}, &(enum colour){COLOUR_GREEN});
	put(object, "typed_array", &(__u32){0}, &(struct point){1, -1});
	put(object, "typed_array", &(__u32){2}, &(struct point){INT32_MAX, INT32_MIN});
	put(object, "typed_guarded", &(__u32){5}, &(struct guarded){.number = 6});
	put_cpus(object, "typed_cpus", &(__u64){UINT64_MAX}, 100, 16);
	put_cpus(object, "typed_lru_cpus", &(__s32){-1}, 10, 8);
	put_cpus(object, "typed_cpu_array", &(__u32){1}, 1ULL << 60, 8);
}

static void print_ids(struct bpf_object *object)
{
	struct bpf_map_info info;
	struct bpf_map *map;

	bpf_object__for_each_map(map, object)
	{
		__u32 size = sizeof(info);

		if (bpf_obj_get_info_by_fd(bpf_map__fd(map), &info, &size))
			err(1, "info");
		printf("%s %u\n", info.name, info.id);
	}
	fclose(stdout);
}

int main(int argc, char **argv)
{
	struct bpf_object *object = argc == 2 ? bpf_object__open(argv[1]) : NULL;
	char byte;

	if (!object || bpf_object__load(object))
		err(1, "typed_maps OBJECT");
	fill(object);
	print_ids(object);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	bpf_object__close(object);
	return 0;
}
