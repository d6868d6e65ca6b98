// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>

#include "buffer.h"
#include "kind.h"

/* Readers of JSON that keep numbers as doubles round the next one. */
#define JSON_LARGEST (1ULL << 53)

static unsigned __int128 load_wide(const void *cell)
{
	unsigned __int128 value;

	memcpy(&value, cell, sizeof(value));
	return value;
}

static void put_wide(struct buffer *out, unsigned __int128 value)
{
	char digits[40], *next = digits + sizeof(digits);

	do {
		*--next = (char)('0' + (int)(value % 10));
		value /= 10;
	} while (value);
	buffer_put(out, next, (size_t)(digits + sizeof(digits) - next));
}

static void unsigned_text(struct buffer *out, const struct column *column, const void *cell)
{
	if (column->size == 16)
		put_wide(out, load_wide(cell));
	else
		buffer_put_unsigned(out, load_unsigned(cell, column->size));
}

static unsigned int unsigned_width(const struct column *column, const void *cell)
{
	return column->size == 16 ? 0 : count_digits(load_unsigned(cell, column->size));
}

static unsigned int signed_width(const struct column *column, const void *cell)
{
	int64_t value = load_signed(cell, column->size);

	if (column->size == 16)
		return 0;
	return value < 0 ? 1 + count_digits(-(uint64_t)value) : count_digits((uint64_t)value);
}

static void signed_text(struct buffer *out, const struct column *column, const void *cell)
{
	if (column->size != 16) {
		buffer_put_signed(out, load_signed(cell, column->size));
	} else if ((__int128)load_wide(cell) < 0) {
		buffer_put_char(out, '-');
		put_wide(out, -load_wide(cell));
	} else {
		put_wide(out, load_wide(cell));
	}
}

static void put_quoted(struct buffer *out, const struct column *column, const void *cell)
{
	buffer_put_char(out, '"');
	column->kind->text(out, column, cell);
	buffer_put_char(out, '"');
}

static void unsigned_json(struct buffer *out, const struct column *column, const void *cell)
{
	uint64_t value;

	if (column->size == 16) {
		if (load_wide(cell) > JSON_LARGEST) {
			put_quoted(out, column, cell);
			return;
		}
		value = (uint64_t)load_wide(cell);
	} else {
		value = load_unsigned(cell, column->size);
	}
	if (value > JSON_LARGEST)
		put_quoted(out, column, cell);
	else
		buffer_put_unsigned(out, value);
}

static void signed_json(struct buffer *out, const struct column *column, const void *cell)
{
	__int128 value =
		column->size == 16 ? (__int128)load_wide(cell) : load_signed(cell, column->size);

	if (value > (__int128)JSON_LARGEST || value < -(__int128)JSON_LARGEST)
		put_quoted(out, column, cell);
	else
		buffer_put_signed(out, (int64_t)value);
}

static void bool_text(struct buffer *out, const struct column *column, const void *cell)
{
	if (load_unsigned(cell, column->size))
		buffer_put(out, "true", 4);
	else
		buffer_put(out, "false", 5);
}

static void put_hex(struct buffer *out, const unsigned char *bytes, size_t size, long step)
{
	static const char digits[] = "0123456789abcdef";
	char *next;

	if (!buffer_room(out, 2 * size))
		return;
	next = out->data + out->size;
	for (size_t i = 0; i < size; i++, bytes += step) {
		*next++ = digits[*bytes >> 4];
		*next++ = digits[*bytes & 15];
	}
	out->size += 2 * size;
}

static void hex_text(struct buffer *out, const struct column *column, const void *cell)
{
	const unsigned char *bytes = cell;

	buffer_put(out, "0x", 2);
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
		put_hex(out, bytes + column->size - 1, column->size, -1);
	else
		put_hex(out, bytes, column->size, 1);
}

static void bytes_text(struct buffer *out, const struct column *column, const void *cell)
{
	put_hex(out, cell, column->size, 1);
}

static void port_text(struct buffer *out, const struct column *column, const void *cell)
{
	uint16_t port;

	(void)column;
	memcpy(&port, cell, sizeof(port));
	buffer_put_unsigned(out, ntohs(port));
}

static bool bytes_none(const struct column *column, const void *cell)
{
	(void)cell;
	return column->size == 0;
}

bool number_none(const struct column *column, const void *cell)
{
	unsigned int bits = 64 - 8 * (unsigned int)column->size;

	if (!column->optional)
		return false;
	if (column->size == 16)
		return (__int128)load_wide(cell) == column->none;
	/* Compared as wide as the cell, so that -1 stands for all its bits in any type. */
	return load_unsigned(cell, column->size) == (uint64_t)column->none << bits >> bits;
}

const struct kind kind_unsigned = {"number",
				   .right = true,
				   .none = number_none,
				   .text = unsigned_text,
				   .width = unsigned_width,
				   .json = unsigned_json};
const struct kind kind_signed = {"number",
				 .right = true,
				 .none = number_none,
				 .text = signed_text,
				 .width = signed_width,
				 .json = signed_json};
const struct kind kind_bool = {"bool", .none = number_none, .text = bool_text, .json = bool_text};
const struct kind kind_hex = {"hex", .none = number_none, .text = hex_text, .json = put_quoted};
const struct kind kind_bytes = {"bytes", .none = bytes_none, .text = bytes_text,
				.json = put_quoted};
const struct kind kind_port = {"port", .right = true, .none = number_none, .text = port_text,
			       .json = port_text};
