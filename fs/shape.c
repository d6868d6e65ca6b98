// SPDX-License-Identifier: GPL-2.0-only
#include "shape.h"

#include <errno.h>
#include <stdlib.h>

#include "kind.h"
#include "shape_make.h"

/*
 * A union can show the same bytes once a member, and unions nest: beyond this many values for the
 * bytes that there are, the bytes are shown instead.
 */
#define SHAPE_VALUES_PER_BYTE 16
#define SHAPE_VALUES	      4096

struct shape *shape_new(struct shape_maker *maker)
{
	struct shape *shape = calloc(1, sizeof(*shape));

	if (!shape)
		return NULL;
	shape->next = maker->shapes;
	maker->shapes = shape;
	return shape;
}

void shape_free(struct shape *shapes)
{
	while (shapes) {
		struct shape *next = shapes->next;

		for (unsigned int i = 0; shapes->names && i < shapes->count; i++)
			free(shapes->names[i].text);
		/* With members, count may be that of an array's elements: only named ones own. */
		for (unsigned int i = 0; i < shapes->capacity && i < shapes->count; i++)
			free(shapes->members[i].owned_name);
		free(shapes->names);
		free(shapes->members);
		free(shapes);
		shapes = next;
	}
}

struct column *shape_member_new(struct shape *shape)
{
	struct column *members;
	unsigned int capacity;

	if (shape->count == shape->capacity) {
		capacity = shape->capacity ? 2 * shape->capacity : 8;
		members = reallocarray(shape->members, capacity, sizeof(*members));
		if (!members)
			return NULL;
		shape->members = members;
		shape->capacity = capacity;
	}
	members = &shape->members[shape->count++];
	memset(members, 0, sizeof(*members));
	return members;
}

struct column *shape_only_member(struct shape *shape)
{
	shape->members = calloc(1, sizeof(*shape->members));
	return shape->members;
}

/* How many values are shown for the column. */
static size_t count_values(const struct column *column)
{
	const struct shape *shape = column->shape;
	size_t values = 0;

	if (column->kind == &kind_array) {
		if (__builtin_mul_overflow(count_values(shape->members), shape->count, &values))
			return SIZE_MAX;
		return values;
	}
	if (column->kind != &kind_struct)
		return 1;
	for (unsigned int i = 0; i < shape->count; i++) {
		if (__builtin_add_overflow(values, count_values(&shape->members[i]), &values))
			return SIZE_MAX;
	}
	return values;
}

bool shape_is_excessive(const struct column *column)
{
	return count_values(column) > SHAPE_VALUES + SHAPE_VALUES_PER_BYTE * column->size;
}

int shape_column(struct shape_maker *maker, __u32 type_id, struct column *column)
{
	int error;

	maker->made = 0;
	error = shape_make(maker, type_id, 0, column);
	if (error)
		return error;
	if (shape_is_excessive(column))
		column->kind = &kind_bytes;
	return 0;
}
