// SPDX-License-Identifier: GPL-2.0-only
#include "schema_holes.h"

#include <errno.h>
#include <stdlib.h>

#include "explain.h"
#include "kind.h"
#include "shape.h"

/* Marks in `used`, a byte of flags for each byte of the row, what the column covers at `at`. */
static void mark_column(unsigned char *used, const struct column *column, size_t at)
{
	const struct shape *shape = column->shape;

	if (column->kind == &kind_struct) {
		for (unsigned int i = 0; i < shape->count; i++)
			mark_column(used, &shape->members[i], at + shape->members[i].offset);
	} else if (column->kind == &kind_array) {
		for (unsigned int i = 0; i < shape->count; i++)
			mark_column(used, shape->members, at + i * shape->stride);
	} else if (column->kind == &kind_bits) {
		for (unsigned int i = shape->shift; i < shape->shift + shape->bits; i++)
			used[at + i / 8] |= (unsigned char)(1U << i % 8);
	} else {
		memset(used + at, 0xff, column->size);
	}
}

/* The column that the hole comes after, or is in. */
static const char *column_before(const struct schema *schema, size_t hole)
{
	const struct column *found = NULL;

	for (unsigned int i = 0; i < schema->count; i++) {
		const struct column *column = &schema->columns[i];

		if (column->size && column->offset <= hole &&
		    (!found || column->offset >= found->offset))
			found = column;
	}
	return found ? found->name : "its start";
}

int schema_check_holes(const struct schema *schema, const char *row)
{
	unsigned char *used = calloc(schema->row_size + 1, 1);
	size_t hole = 0, end;
	int error = 0;

	if (!used)
		return -ENOMEM;
	for (unsigned int i = 0; i < schema->count; i++)
		mark_column(used, &schema->columns[i], schema->columns[i].offset);
	while (hole < schema->row_size && used[hole] == 0xff)
		hole++;
	for (end = hole; end < schema->row_size && used[end] != 0xff; end++)
		;
	if (hole < schema->row_size)
		error = explain(
			-EINVAL, "order members from wide to narrow, or declare the padding",
			"struct %s has a hole of %zu byte%s at byte %zu, after or in %s", row,
			end - hole, end - hole == 1 ? "" : "s", hole, column_before(schema, hole));
	free(used);
	return error;
}
