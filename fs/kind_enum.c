// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"
#include "kind.h"
#include "shape.h"

static const char *enum_name(const struct shape *shape, int64_t value)
{
	unsigned int low = 0, high = shape->count;
	uint64_t dense = (uint64_t)value - (uint64_t)(high ? shape->names[0].value : 0);

	if (dense < high && shape->names[dense].value == value)
		return shape->names[dense].text;
	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (shape->names[middle].value < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low < shape->count && shape->names[low].value == value ? shape->names[low].text
								      : NULL;
}

static int64_t load_enum(const struct column *column, const void *cell)
{
	return column->shape->is_signed ? load_signed(cell, column->size)
					: (int64_t)load_unsigned(cell, column->size);
}

/* A value without a name is its number: the kernel that runs may be newer than the names. */
static void enum_text(struct buffer *out, const struct column *column, const void *cell)
{
	const char *name = enum_name(column->shape, load_enum(column, cell));

	if (name)
		buffer_put_string(out, name);
	else
		(column->shape->is_signed ? kind_signed : kind_unsigned).text(out, column, cell);
}

static void enum_json(struct buffer *out, const struct column *column, const void *cell)
{
	const char *name = enum_name(column->shape, load_enum(column, cell));

	if (!name) {
		(column->shape->is_signed ? kind_signed : kind_unsigned).json(out, column, cell);
		return;
	}
	buffer_put_char(out, '"');
	buffer_put_string(out, name);
	buffer_put_char(out, '"');
}

const struct kind kind_enum = {"name", .none = number_none, .text = enum_text, .json = enum_json};
