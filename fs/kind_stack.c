// SPDX-License-Identifier: GPL-2.0-only
/* The addresses of a stack: 8 bytes each, up to the first that is zero. */
#include "buffer.h"
#include "kind.h"

static bool stack_none(const struct column *column, const void *cell)
{
	return column->size < sizeof(uint64_t) || !load_unsigned(cell, sizeof(uint64_t));
}

static void stack_json(struct buffer *out, const struct column *column, const void *cell)
{
	const char *bytes = cell;

	for (size_t at = 0; at + sizeof(uint64_t) <= column->size; at += sizeof(uint64_t)) {
		uint64_t address = load_unsigned(bytes + at, sizeof(address));

		if (!address)
			break;
		buffer_printf(out, "%s\"0x%llx\"", at ? "," : "[", (unsigned long long)address);
	}
	buffer_put_char(out, ']');
}

const struct kind kind_stack = {"stack", .none = stack_none, .text = stack_json,
				.json = stack_json};
