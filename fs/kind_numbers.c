// SPDX-License-Identifier: GPL-2.0-only
/* A list of numbers of any length: the chunks of a text, each of them whole __u32s. */
#include "buffer.h"
#include "kind.h"

static void put_numbers(struct buffer *out, const void *cell)
{
	struct chunk chunk;
	bool first = true;

	do {
		chunk = chunk_at(cell);
		cell = chunk.bytes + chunk.size;
		for (size_t at = 0; at + sizeof(uint32_t) <= chunk.size; at += sizeof(uint32_t)) {
			if (!first)
				buffer_put_char(out, ',');
			buffer_put_unsigned(out, load_unsigned(chunk.bytes + at, sizeof(uint32_t)));
			first = false;
		}
	} while (chunk.more);
}

static bool numbers_none(const struct column *column, const void *cell)
{
	struct chunk chunk;

	(void)column;
	do {
		chunk = chunk_at(cell);
		cell = chunk.bytes + chunk.size;
	} while (chunk.size < sizeof(uint32_t) && chunk.more);
	return chunk.size < sizeof(uint32_t);
}

static void numbers_text(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	put_numbers(out, cell);
}

static void numbers_json(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	buffer_put_char(out, '[');
	put_numbers(out, cell);
	buffer_put_char(out, ']');
}

const struct kind kind_numbers = {"numbers", .after_row = true, .none = numbers_none,
				  .text = numbers_text, .json = numbers_json};
