// SPDX-License-Identifier: GPL-2.0-only
/* A number whose bits have the names of an enum. */
#include "buffer.h"
#include "kind.h"
#include "shape.h"

/* The names of the bits that are set, each between two quotes; what has no name in hex. */
static void put_names(struct buffer *out, const struct column *column, const void *cell,
		      const char *quote)
{
	uint64_t bits = load_unsigned(cell, column->size);
	const char *between = "";

	for (unsigned int i = 0; bits && i < column->shape->count; i++) {
		const struct shape_name *name = &column->shape->names[i];

		if (!name->value || (bits & (uint64_t)name->value) != (uint64_t)name->value)
			continue;
		bits &= ~(uint64_t)name->value;
		buffer_put_string(out, between);
		buffer_put_string(out, quote);
		buffer_put_string(out, name->text);
		buffer_put_string(out, quote);
		between = ",";
	}
	if (bits)
		buffer_printf(out, "%s%s0x%llx%s", between, quote, (unsigned long long)bits, quote);
}

static bool flags_none(const struct column *column, const void *cell)
{
	return !load_unsigned(cell, column->size);
}

static void flags_text(struct buffer *out, const struct column *column, const void *cell)
{
	put_names(out, column, cell, "");
}

static void flags_json(struct buffer *out, const struct column *column, const void *cell)
{
	buffer_put_char(out, '[');
	put_names(out, column, cell, "\"");
	buffer_put_char(out, ']');
}

const struct kind kind_flags = {"names", .none = flags_none, .text = flags_text,
				.json = flags_json};
