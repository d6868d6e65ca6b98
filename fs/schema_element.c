// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "kind.h"
#include "schema.h"
#include "shape.h"
#include "tags.h"

static size_t round_up_8(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

/* Bytes as hex where the type is not known, or is of another size than what the kernel gives. */
static int make_column(struct shape_maker *maker, __u32 type_id, __u32 size, struct column *column)
{
	int error = maker->btf && type_id ? shape_column(maker, type_id, column) : -EINVAL;

	if (error == -ENOMEM)
		return error;
	if (error || column->size != size) {
		column->kind = &kind_bytes;
		column->shape = NULL;
		column->size = size;
	}
	return 0;
}

static int spread_over_cpus(struct shape_maker *maker, unsigned int cpus, struct column *column)
{
	struct shape *shape = shape_new(maker);

	if (!shape)
		return -ENOMEM;
	shape->members = calloc(1, sizeof(*shape->members));
	if (!shape->members)
		return -ENOMEM;
	*shape->members = *column;
	shape->members->offset = 0;
	shape->count = cpus;
	shape->stride = round_up_8(column->size);
	column->name = "values";
	column->kind = &kind_percpu;
	column->size = cpus * shape->stride;
	column->shape = shape;
	return 0;
}

static int make_schema(struct schema *schema, struct shape_maker *maker,
		       const struct schema_element *element)
{
	struct column *key, *value;
	int error;

	schema->columns = calloc(2, sizeof(*schema->columns));
	if (!schema->columns)
		return -ENOMEM;
	schema->count = 2;
	key = &schema->columns[0];
	value = &schema->columns[1];
	key->name = "key";
	value->name = "value";
	value->offset = round_up_8(element->key_size);
	error = make_column(maker, element->key_type, element->key_size, key);
	if (!error)
		error = make_column(maker, element->value_type, element->value_size, value);
	if (!error && element->cpus)
		error = spread_over_cpus(maker, element->cpus, value);
	schema->row_size = value->offset + value->size;
	return error;
}

int schema_from_element(const struct schema_element *element, struct schema **out)
{
	struct shape_maker maker = {.btf = element->btf};
	struct schema *schema = calloc(1, sizeof(*schema));
	struct tags *tags = NULL;
	int error;

	if (!schema)
		return -ENOMEM;
	error = element->btf ? tags_read(element->btf, &tags) : 0;
	maker.tags = tags;
	if (!error)
		error = make_schema(schema, &maker, element);
	schema->shapes = maker.shapes;
	tags_free(tags);
	if (error)
		schema_free(schema);
	else
		*out = schema;
	return error;
}
