// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <endian.h>

#include "buffer.h"
#include "kind.h"

/* Readers of JSON that keep numbers as doubles round the next one. */
#define JSON_LARGEST (1ULL << 53)

#define ONES 0x0101010101010101ULL

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

static bool unsigned_digits(const struct column *column, const void *cell, uint64_t *number)
{
	*number = load_unsigned(cell, column->size);
	return column->size <= sizeof(*number);
}

static bool signed_digits(const struct column *column, const void *cell, uint64_t *number)
{
	*number = (uint64_t)load_signed(cell, column->size);
	return column->size <= sizeof(*number) && (int64_t)*number >= 0;
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

/* The 8 hex digits of a word: its halves apart, then all bytes, then their digits, each in a byte.
 */
static void write_hex_word(char *out, uint32_t word)
{
	uint64_t halves = word >> 16 | (uint64_t)word << 32;
	uint64_t bytes = (halves & 0xff000000ff00) >> 8 | (halves & 0xff000000ff) << 16;
	uint64_t digits = (bytes & 0x00f000f000f000f0) >> 4 | (bytes & 0x000f000f000f000f) << 8;
	uint64_t letters = (digits + 6 * ONES) >> 4 & ONES; /* 1 for each digit from ten on */

	digits = htole64(digits + '0' * ONES + ('a' - '0' - 10) * letters);
	memcpy(out, &digits, sizeof(digits));
}

static void put_hex(struct buffer *out, const unsigned char *bytes, size_t size, long step)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t word;
	char *next;

	if (!buffer_room(out, 2 * size))
		return;
	next = out->data + out->size;
	out->size += 2 * size;
	for (; size >= sizeof(word); size -= sizeof(word), bytes += step * 4, next += 8) {
		memcpy(&word, step > 0 ? bytes : bytes - 3, sizeof(word));
		write_hex_word(next, step > 0 ? be32toh(word) : le32toh(word));
	}
	for (size_t i = 0; i < size; i++, bytes += step) {
		*next++ = digits[*bytes >> 4];
		*next++ = digits[*bytes & 15];
	}
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

static bool port_digits(const struct column *column, const void *cell, uint64_t *number)
{
	uint16_t port;

	(void)column;
	memcpy(&port, cell, sizeof(port));
	*number = ntohs(port);
	return true;
}

static void port_text(struct buffer *out, const struct column *column, const void *cell)
{
	uint64_t port;

	port_digits(column, cell, &port);
	buffer_put_unsigned(out, port);
}

static bool bytes_none(const struct column *column, const void *cell)
{
	(void)cell;
	return column->size == 0;
}

bool number_none(const struct column *column, const void *cell)
{
	if (!column->optional)
		return false;
	if (column->size == 16)
		return (__int128)load_wide(cell) == column->none;
	return number_is(column, cell, column->none);
}

const struct kind kind_unsigned = {"number",
				   .right = true,
				   .none = number_none,
				   .text = unsigned_text,
				   .digits = unsigned_digits,
				   .json = unsigned_json};
const struct kind kind_signed = {"number",
				 .right = true,
				 .none = number_none,
				 .text = signed_text,
				 .digits = signed_digits,
				 .json = signed_json};
const struct kind kind_bool = {"bool", .ascii = true, .none = number_none, .text = bool_text,
			       .json = bool_text};
const struct kind kind_hex = {"hex", .ascii = true, .none = number_none, .text = hex_text,
			      .json = put_quoted};
const struct kind kind_bytes = {"bytes", .ascii = true, .none = bytes_none, .text = bytes_text,
				.json = put_quoted};
const struct kind kind_port = {"port",
			       .right = true,
			       .none = number_none,
			       .text = port_text,
			       .digits = port_digits,
			       .json = port_text};
