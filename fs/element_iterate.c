// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
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

/*
 * In an array an element has its place. The iterator of a hash map walks a bucket without its lock,
 * and goes on after a fill by how many elements of it came before: while they come, go or are
 * replaced, others are passed over, given twice, or have the value of another. A look-up of many
 * reads each bucket once, under its lock, and takes no longer.
 */
static bool iterator_serves(const struct element_map *map)
{
	bool is_array =
		map->info.type == BPF_MAP_TYPE_ARRAY || map->info.type == BPF_MAP_TYPE_PERCPU_ARRAY;

	return is_array && element_key_room(map) + map->value_bytes < SOURCE_BATCH;
}

/* Takes over program and schema. The iterator keeps the program. */
static int iterate(const struct element_map *map, int program, struct schema *schema,
		   struct source **out)
{
	int iterator = kernel_map_iterator(program, map->descriptor);

	close(program);
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
	if (iterator_serves(map)) {
		int program = element_program_load(&map->info, map->value_bytes);

		if (program >= 0)
			return iterate(map, program, schema, out);
		/* Some kernels are locked down against programs over a map's elements. */
		if (program != -EPERM) {
			schema_free(schema);
			return program;
		}
	}
	return element_batch_source(map->descriptor, &map->info, map->value_bytes, schema, out);
}
