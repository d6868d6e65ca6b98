// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <unistd.h>

#include "element_batch.h"
#include "element_map.h"
#include "element_program.h"
#include "element_schema.h"
#include "iterator.h"
#include "kernel.h"
#include "schema.h"
#include "source.h"

#define KEY_MAX 512 /* on the stack of a program; the kernel takes longer ones in hash maps */

/*
 * The iterator of a per-CPU hash map copies the values before its program sees the key, so that no
 * program can tell whether they belong together; a lookup holds the bucket's lock.
 */
static bool iterator_serves(const struct element_map *map)
{
	size_t key_room = element_key_room(map);

	if (map->info.type == BPF_MAP_TYPE_PERCPU_HASH ||
	    map->info.type == BPF_MAP_TYPE_LRU_PERCPU_HASH)
		return false;
	return key_room <= KEY_MAX && key_room + map->value_bytes < SOURCE_BATCH;
}

/* Takes over schema. The iterator keeps the program. */
static int iterate(const struct element_map *map, struct schema *schema, struct source **out)
{
	int program = element_program_load(map->descriptor, &map->info, map->value_bytes);
	int iterator = program;

	if (program >= 0) {
		iterator = kernel_map_iterator(program, map->descriptor);
		close(program);
	}
	if (iterator < 0) {
		schema_free(schema);
		return iterator;
	}
	return iterator_source_create(iterator, schema, schema, out);
}

int element_iterate_open(const struct element_map *map, struct source **out)
{
	struct schema *schema = NULL;
	int error = element_schema(map, &schema);

	if (error)
		return error;
	if (iterator_serves(map))
		return iterate(map, schema, out);
	return element_batch_source(map->descriptor, &map->info, map->value_bytes, schema, out);
}
