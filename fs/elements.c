// SPDX-License-Identifier: GPL-2.0-only
#include "elements.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "element_batch.h"
#include "element_program.h"
#include "explain.h"
#include "iterator.h"
#include "kernel.h"
#include "schema.h"
#include "source.h"

#define KEY_MAX	   512 /* on the stack of a program; the kernel takes longer ones in hash maps */
#define RECORD_MAX (8 << 20) /* a reader keeps several */

struct elements {
	struct bpf_map_info info;
	unsigned int cpus; /* 0: not per-CPU */
	__u32 value_bytes; /* of all CPUs */
};

static int elements_kind(struct elements *elements)
{
	const char *name = libbpf_bpf_map_type_str(elements->info.type);

	switch (elements->info.type) {
	case BPF_MAP_TYPE_HASH:
	case BPF_MAP_TYPE_LRU_HASH:
	case BPF_MAP_TYPE_ARRAY:
		return 0;
	case BPF_MAP_TYPE_PERCPU_HASH:
	case BPF_MAP_TYPE_LRU_PERCPU_HASH:
	case BPF_MAP_TYPE_PERCPU_ARRAY:
		elements->cpus = (unsigned int)libbpf_num_possible_cpus();
		return 0;
	default:
		return explain(-EOPNOTSUPP, "hash and array kinds can be read",
			       "map %u is of kind %s, whose elements can't be shown",
			       elements->info.id, name ? name : "unknown");
	}
}

static int elements_measure(struct elements *elements, int map)
{
	__u32 size = sizeof(elements->info);
	unsigned long long bytes;
	int error = bpf_obj_get_info_by_fd(map, &elements->info, &size);

	if (error)
		return explain(error, NULL, "asking for the map: %s", strerror(-error));
	error = elements_kind(elements);
	if (error)
		return error;
	bytes = elements->info.value_size;
	if (elements->cpus)
		bytes = (bytes + 7) / 8 * 8 * elements->cpus;
	if (bytes + elements->info.key_size > RECORD_MAX)
		return explain(-E2BIG, "rows may be of 8 MiB",
			       "an element of map %u is of %llu bytes", elements->info.id,
			       bytes + elements->info.key_size);
	elements->value_bytes = (__u32)bytes;
	return 0;
}

static int elements_schema(const struct elements *elements, struct schema **out)
{
	const struct bpf_map_info *info = &elements->info;
	struct schema_element element = {
		.key_type = info->btf_key_type_id,
		.value_type = info->btf_value_type_id,
		.key_size = info->key_size,
		.value_size = info->value_size,
		.cpus = elements->cpus,
	};
	struct btf *btf = NULL;
	int error;

	if (info->btf_id) {
		btf = btf__load_from_kernel_by_id(info->btf_id);
		if (!btf)
			return explain(-errno, NULL, "the types of map %u can't be read: %s",
				       info->id, strerror(errno));
	}
	element.btf = btf;
	error = schema_from_element(&element, out);
	btf__free(btf);
	return error;
}

/*
 * The iterator of a per-CPU hash map copies the values before its program sees the key, so that no
 * program can tell whether they belong together; a lookup holds the bucket's lock.
 */
static bool iterator_serves(const struct elements *elements)
{
	__u32 key_room = (elements->info.key_size + 7) & ~7U;

	if (elements->info.type == BPF_MAP_TYPE_PERCPU_HASH ||
	    elements->info.type == BPF_MAP_TYPE_LRU_PERCPU_HASH)
		return false;
	return key_room <= KEY_MAX && key_room + elements->value_bytes < SOURCE_BATCH;
}

/* Takes over schema. The iterator keeps the program. */
static int elements_iterate(const struct elements *elements, int map, struct schema *schema,
			    struct source **out)
{
	int program = element_program_load(map, &elements->info, elements->value_bytes);
	int iterator = program;

	if (program >= 0) {
		iterator = kernel_map_iterator(program, map);
		close(program);
	}
	if (iterator < 0) {
		schema_free(schema);
		return iterator;
	}
	return iterator_source_create(iterator, schema, schema, out);
}

static int elements_source(int map, struct source **out)
{
	struct elements elements = {};
	struct schema *schema = NULL;
	int error;

	error = elements_measure(&elements, map);
	if (!error)
		error = elements_schema(&elements, &schema);
	if (error)
		return error;
	if (iterator_serves(&elements))
		return elements_iterate(&elements, map, schema, out);
	return element_batch_source(map, &elements.info, elements.value_bytes, schema, out);
}

int elements_open(__u32 map_id, struct source **out)
{
	int error, map = kernel_map(map_id);

	if (map < 0)
		return map;
	error = elements_source(map, out);
	close(map);
	return error;
}
