/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * plain_map KIND KEY_SIZE VALUE_SIZE MAX_ENTRIES COUNT [FLAGS [freeze|churn]]: makes a map without
 * types, with COUNT elements: the key is its number, then zeroes, and the value is the key's first
 * four bytes over and over. Prints its id. `churn` has two threads add, replace and delete
 * elements, the lower half of them only replaced. A trie's key is all of the prefix, then that
 * number. Stays until standard input ends.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct map {
	enum bpf_map_type kind;
	int descriptor;
	unsigned int key_size, value_size, count;
};

static volatile bool stop;

static enum bpf_map_type find_kind(const char *name)
{
	for (int kind = 1; libbpf_bpf_map_type_str(kind); kind++)
		if (!strcmp(libbpf_bpf_map_type_str(kind), name))
			return kind;
	errx(1, "no kind of map is called %s", name);
}

static bool is_percpu(enum bpf_map_type kind)
{
	return kind == BPF_MAP_TYPE_PERCPU_HASH || kind == BPF_MAP_TYPE_LRU_PERCPU_HASH ||
	       kind == BPF_MAP_TYPE_PERCPU_ARRAY;
}

static size_t value_bytes(const struct map *map)
{
	if (!is_percpu(map->kind))
		return map->value_size;
	return ((size_t)map->value_size + 7) / 8 * 8 * (size_t)libbpf_num_possible_cpus();
}

static void *allocate(size_t size)
{
	void *bytes = calloc(1, size + sizeof(unsigned int));

	if (!bytes)
		err(1, NULL);
	return bytes;
}

static int update(const struct map *map, char *key, char *value, unsigned int number)
{
	bool trie = map->kind == BPF_MAP_TYPE_LPM_TRIE;
	unsigned int prefix = 8 * (map->key_size - (unsigned int)sizeof(prefix));

	if (trie)
		memcpy(key, &prefix, sizeof(prefix));
	memcpy(key + (trie ? sizeof(prefix) : 0), &number, sizeof(number));
	for (size_t at = 0; at < value_bytes(map); at += sizeof(number))
		memcpy(value + at, &number, sizeof(number));
	return bpf_map_update_elem(map->descriptor, key, value, BPF_ANY);
}

static void fill(const struct map *map)
{
	char *key = allocate(map->key_size);
	char *value = allocate(value_bytes(map));

	for (unsigned int i = 0; i < map->count; i++)
		if (update(map, key, value, i))
			err(1, "update");
	free(key);
	free(value);
}

static void *churn(void *argument)
{
	const struct map *map = argument;
	unsigned int seed = (unsigned int)gettid();
	char *key = allocate(map->key_size);
	char *value = allocate(value_bytes(map));

	while (!stop) {
		unsigned int number = (unsigned int)rand_r(&seed) % map->count;

		update(map, key, value, number);
		if (number >= map->count / 2 && rand_r(&seed) & 1)
			bpf_map_delete_elem(map->descriptor, key);
	}
	free(key);
	free(value);
	return NULL;
}

static void wait_for_end(void)
{
	char byte;

	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
}

int main(int argc, char **argv)
{
	struct bpf_map_create_opts options = {.sz = sizeof(options)};
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info);
	pthread_t threads[2];
	bool churns = argc > 7 && !strcmp(argv[7], "churn");
	struct map map;

	if (argc < 6)
		errx(2, "plain_map KIND KEY VALUE MAX COUNT [FLAGS [freeze|churn]]");
	map.kind = find_kind(argv[1]);
	map.key_size = strtoul(argv[2], NULL, 0);
	map.value_size = strtoul(argv[3], NULL, 0);
	map.count = strtoul(argv[5], NULL, 0);
	options.map_flags = argc > 6 ? strtoul(argv[6], NULL, 0) : 0;
	map.descriptor = bpf_map_create(map.kind, "plain_map", map.key_size, map.value_size,
					strtoul(argv[4], NULL, 0), &options);
	if (map.descriptor < 0)
		err(1, "no map");
	fill(&map);
	if (argc > 7 && !strcmp(argv[7], "freeze") && bpf_map_freeze(map.descriptor))
		err(1, "freeze");
	if (bpf_obj_get_info_by_fd(map.descriptor, &info, &size))
		err(1, "info");
	printf("%u\n", info.id);
	fclose(stdout);
	for (int i = 0; churns && i < 2; i++)
		pthread_create(&threads[i], NULL, churn, &map);
	wait_for_end();
	stop = true;
	for (int i = 0; churns && i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
