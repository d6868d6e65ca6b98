// SPDX-License-Identifier: GPL-2.0-only
#include "element_schema.h"

#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "element_map.h"
#include "explain.h"
#include "schema.h"

/* The value of a struct_ops map is a type of the kernel's. */
static int load_types(const struct bpf_map_info *info, struct btf **out)
{
	struct btf *btf = NULL;

	if (info->btf_vmlinux_value_type_id)
		btf = btf__load_vmlinux_btf();
	else if (info->btf_id)
		btf = btf__load_from_kernel_by_id(info->btf_id);
	else
		return 0;
	if (!btf)
		return explain(-errno, NULL, "the types of map %u can't be read: %s", info->id,
			       strerror(errno));
	*out = btf;
	return 0;
}

int element_schema(const struct element_map *map, struct schema **out)
{
	const struct bpf_map_info *info = &map->info;
	bool of_kernel = info->btf_vmlinux_value_type_id;
	struct schema_element element = {
		.key_type = of_kernel ? 0 : info->btf_key_type_id,
		.value_type = of_kernel ? info->btf_vmlinux_value_type_id : info->btf_value_type_id,
		.key_size = info->key_size,
		.value_size = info->value_size,
		.cpus = map->cpus,
	};
	struct btf *btf = NULL;
	int error = load_types(info, &btf);

	if (error)
		return error;
	element.btf = btf;
	error = schema_from_element(&element, out);
	btf__free(btf);
	return error;
}

struct schema *element_schema_fixed(const struct column *columns, unsigned int count,
				    size_t row_size)
{
	struct schema *schema = calloc(1, sizeof(*schema));

	if (!schema)
		return NULL;
	schema->columns = calloc(count, sizeof(*columns));
	if (!schema->columns) {
		free(schema);
		return NULL;
	}
	memcpy(schema->columns, columns, count * sizeof(*columns));
	schema->count = count;
	schema->row_size = row_size;
	for (unsigned int i = 0; i < count; i++)
		schema->texts += columns[i].kind->after_row;
	return schema;
}

int element_schema_value(const struct element_map *map, const struct column *columns,
			 unsigned int count, size_t value_offset, struct schema **out)
{
	struct column all[8], *value = &all[count];
	struct schema *typed = NULL, *schema;
	int error = element_schema(map, &typed);

	if (error)
		return error;
	memcpy(all, columns, count * sizeof(*columns));
	*value = typed->columns[1];
	value->offset = value_offset;
	schema = element_schema_fixed(all, count + 1, value_offset + value->size);
	if (schema) {
		schema->shapes = typed->shapes;
		typed->shapes = NULL;
		typed->columns[1].owned_name = NULL;
	}
	schema_free(typed);
	*out = schema;
	return schema ? 0 : -ENOMEM;
}
