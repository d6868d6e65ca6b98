// SPDX-License-Identifier: GPL-2.0-only
/* The number of a device as the kernel keeps it: 12 bits of major, 20 of minor. */
#include "buffer.h"
#include "kind.h"

#define MINOR_BITS 20

static void device_text(struct buffer *out, const struct column *column, const void *cell)
{
	uint64_t device = load_unsigned(cell, column->size);

	buffer_put_unsigned(out, device >> MINOR_BITS);
	buffer_put_char(out, ':');
	buffer_put_unsigned(out, device & ((1U << MINOR_BITS) - 1));
}

static void device_json(struct buffer *out, const struct column *column, const void *cell)
{
	buffer_put_char(out, '"');
	device_text(out, column, cell);
	buffer_put_char(out, '"');
}

const struct kind kind_device = {"device", .none = number_none, .text = device_text,
				 .json = device_json};
