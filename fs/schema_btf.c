// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/btf.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "explain.h"
#include "kind.h"
#include "schema_holes.h"
#include "shape.h"
#include "tags.h"

/* The largest record that a kernel iterator gives: one byte less than its buffer. */
#define LARGEST_ROW 32767

static int explain_shape(const struct shape_maker *maker, const char *row, int error)
{
	if (error == -ENOMEM)
		return error;
	if (maker->culprit[0])
		return explain(-EINVAL, "include/bpfview/view.bpf.h says what a row can hold",
			       "struct %s, member %s: %s", row, maker->culprit, maker->reason);
	if (error)
		return explain(-EINVAL, NULL, "%s is not a struct whose members can be shown", row);
	return 0;
}

static int check_names(const struct schema *schema, const char *row)
{
	for (unsigned int i = 0; i < schema->count; i++) {
		const char *name = schema->columns[i].name;

		if (schema_column(schema, name) != &schema->columns[i])
			return explain(-EINVAL, NULL, "struct %s has two columns named %s", row,
				       name);
	}
	return 0;
}

/* The row's members become the columns. */
static void take_columns(struct schema *schema, struct shape *row)
{
	schema->columns = row->members;
	schema->count = row->count;
	schema->row_size = row->size;
	row->members = NULL;
	row->count = 0;
	row->capacity = 0;
	for (unsigned int i = 0; i < schema->count; i++) {
		struct column *column = &schema->columns[i];

		schema->texts += column->kind->after_row;
		for (char *c = column->owned_name; c < column->label + column->label_size; c++)
			*c = (char)tolower((unsigned char)*c);
	}
}

static int read_row(struct schema *schema, struct shape_maker *maker, __u32 type_id,
		    const char *row)
{
	int error = shape_row(maker, type_id);

	schema->shapes = maker->shapes;
	error = explain_shape(maker, row, error);
	if (error)
		return error;
	if (maker->row->size > LARGEST_ROW)
		return explain(-EINVAL, NULL, "struct %s is larger than %d bytes", row,
			       LARGEST_ROW);
	if (!maker->row->count)
		return explain(-EINVAL, NULL, "struct %s has no member to show", row);
	take_columns(schema, maker->row);
	error = check_names(schema, row);
	return error ? error : schema_check_holes(schema, row);
}

int schema_from_btf(const struct btf *btf, __u32 type_id, struct schema **out)
{
	const struct btf_type *type = btf__type_by_id(btf, type_id);
	const char *row = type ? btf__name_by_offset(btf, type->name_off) : NULL;
	struct schema *schema = calloc(1, sizeof(*schema));
	struct shape_maker maker = {.btf = btf};
	struct tags *tags = NULL;
	int error = -ENOMEM;

	if (!schema)
		return -ENOMEM;
	error = tags_read(btf, &tags);
	maker.tags = tags;
	if (!error)
		error = read_row(schema, &maker, type_id, row && *row ? row : "of the row");
	tags_free(tags);
	if (error)
		schema_free(schema);
	else
		*out = schema;
	return error;
}
