// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"
#include "escape.h"
#include "kind.h"
#include "shape.h"

void column_put_label(struct buffer *out, const struct column *column)
{
	if (column->label) {
		buffer_put(out, column->label, column->label_size);
		return;
	}
	buffer_put_char(out, '"');
	buffer_put_string(out, column->name);
	buffer_put(out, "\":", 2);
}

/* A nested value is null only where a tag says so: an empty string stays one. */
static void put_member(struct buffer *out, const struct column *member, const void *cell)
{
	if (member->optional && column_is_none(member, cell))
		buffer_put(out, "null", 4);
	else
		member->kind->json(out, member, cell);
}

static void struct_json(struct buffer *out, const struct column *column, const void *cell)
{
	const struct shape *shape = column->shape;

	buffer_put_char(out, '{');
	for (unsigned int i = 0; i < shape->count; i++) {
		const struct column *member = &shape->members[i];

		if (i)
			buffer_put_char(out, ',');
		column_put_label(out, member);
		put_member(out, member, (const char *)cell + member->offset);
	}
	buffer_put_char(out, '}');
}

static void array_json(struct buffer *out, const struct column *column, const void *cell)
{
	const struct shape *shape = column->shape;

	buffer_put_char(out, '[');
	for (unsigned int i = 0; i < shape->count; i++) {
		if (i)
			buffer_put_char(out, ',');
		put_member(out, shape->members, (const char *)cell + i * shape->stride);
	}
	buffer_put_char(out, ']');
}

static void percpu_json(struct buffer *out, const struct column *column, const void *cell)
{
	const struct shape *shape = column->shape;

	buffer_put_char(out, '[');
	for (unsigned int i = 0; i < shape->count; i++) {
		buffer_put_string(out, i ? ",{\"cpu\":" : "{\"cpu\":");
		buffer_put_unsigned(out, i);
		buffer_put_string(out, ",\"value\":");
		put_member(out, shape->members, (const char *)cell + i * shape->stride);
		buffer_put_char(out, '}');
	}
	buffer_put_char(out, ']');
}

/* In text a nested value is its JSON, which has blanks in its strings only. */
static void nested_text(struct buffer *out, const struct column *column, const void *cell)
{
	size_t start = out->size;

	column->kind->json(out, column, cell);
	escape_json_blanks(out, start);
}

/* The bits as an integer of 16 bytes, whose low ones are what members[0] shows. */
static unsigned __int128 load_bits(const struct column *column, const void *cell)
{
	const struct shape *shape = column->shape;
	const unsigned char *bytes = cell;
	unsigned __int128 value = 0;
	unsigned int unused = 128 - shape->bits;

	for (unsigned int i = 0; i < column->size; i++) {
		if (i == 0)
			value = bytes[0] >> shape->shift;
		else if (8 * i - shape->shift < 128)
			value |= (unsigned __int128)bytes[i] << (8 * i - shape->shift);
	}
	value <<= unused;
	return shape->is_signed ? (unsigned __int128)((__int128)value >> unused) : value >> unused;
}

static void bits_text(struct buffer *out, const struct column *column, const void *cell)
{
	const struct column *type = column->shape->members;
	unsigned __int128 value = load_bits(column, cell);

	type->kind->text(out, type, &value);
}

static void bits_json(struct buffer *out, const struct column *column, const void *cell)
{
	const struct column *type = column->shape->members;
	unsigned __int128 value = load_bits(column, cell);

	type->kind->json(out, type, &value);
}

static bool null_none(const struct column *column, const void *cell)
{
	(void)column;
	(void)cell;
	return true;
}

static void null_json(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	(void)cell;
	buffer_put(out, "null", 4);
}

const struct kind kind_struct = {"object", .text = nested_text, .json = struct_json};
const struct kind kind_array = {"list", .text = nested_text, .json = array_json};
const struct kind kind_percpu = {"list", .text = nested_text, .json = percpu_json};
const struct kind kind_bits = {"number", .text = bits_text, .json = bits_json};
const struct kind kind_null = {"null", .none = null_none, .text = null_json, .json = null_json};
