// SPDX-License-Identifier: GPL-2.0-only
/* Bytes of any number as hex: the chunks of a text. */
#include "buffer.h"
#include "kind.h"

static void put_hex(struct buffer *out, const char *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";

	if (!buffer_room(out, 2 * size))
		return;
	for (size_t i = 0; i < size; i++) {
		out->data[out->size++] = digits[(unsigned char)bytes[i] >> 4];
		out->data[out->size++] = digits[bytes[i] & 15];
	}
}

static bool dump_none(const struct column *column, const void *cell)
{
	struct chunk chunk = chunk_at(cell);

	(void)column;
	return !chunk.size && !chunk.more;
}

static void dump_text(struct buffer *out, const struct column *column, const void *cell)
{
	struct chunk chunk;

	(void)column;
	do {
		chunk = chunk_at(cell);
		cell = chunk.bytes + chunk.size;
		put_hex(out, chunk.bytes, chunk.size);
	} while (chunk.more);
}

static void dump_json(struct buffer *out, const struct column *column, const void *cell)
{
	buffer_put_char(out, '"');
	dump_text(out, column, cell);
	buffer_put_char(out, '"');
}

const struct kind kind_dump = {"bytes", .after_row = true, .none = dump_none, .text = dump_text,
			       .json = dump_json};
