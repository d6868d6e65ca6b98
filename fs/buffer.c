// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"

#include <endian.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define MANY_BLANKS  64
#define EIGHT_DIGITS 100000000
#define ZEROS	     0x3030303030303030ULL /* '0' in each byte */
#define SIXTEENS     0x1010101010101010ULL

/* A full buffer has no room at all, or a short string would go in after a long one was lost. */
static bool buffer_fail(struct buffer *buffer)
{
	buffer->failed = true;
	buffer->capacity = buffer->size;
	return false;
}

bool buffer_grow(struct buffer *buffer, size_t more)
{
	size_t needed, capacity = buffer->capacity < 256 ? 256 : buffer->capacity;
	char *data;

	if (buffer->failed || __builtin_add_overflow(buffer->size, more, &needed))
		return buffer_fail(buffer);
	while (capacity < needed) {
		if (__builtin_mul_overflow(capacity, 2, &capacity))
			return buffer_fail(buffer);
	}
	data = realloc(buffer->data, capacity);
	if (!data)
		return buffer_fail(buffer);
	buffer->data = data;
	buffer->capacity = capacity;
	return true;
}

void buffer_free(struct buffer *buffer)
{
	if (!buffer)
		return;
	free(buffer->data);
	memset(buffer, 0, sizeof(*buffer));
}

/* A size that the compiler knows is far quicker to write than one it doesn't. */
static __always_inline void put_blanks(struct buffer *buffer, size_t count)
{
	if (!buffer_room(buffer, count < MANY_BLANKS ? MANY_BLANKS : count))
		return;
	if (count <= MANY_BLANKS)
		memset(buffer->data + buffer->size, ' ', MANY_BLANKS);
	else
		memset(buffer->data + buffer->size, ' ', count);
	buffer->size += count;
}

void buffer_put_blanks(struct buffer *buffer, size_t count)
{
	if (count)
		put_blanks(buffer, count);
}

static const uint64_t powers[] = {
	0,
	10,
	100,
	1000,
	10000,
	100000,
	1000000,
	10000000,
	100000000,
	1000000000,
	10000000000,
	100000000000,
	1000000000000,
	10000000000000,
	100000000000000,
	1000000000000000,
	10000000000000000,
	100000000000000000,
	1000000000000000000,
	10000000000000000000U,
};

unsigned int count_digits(uint64_t value)
{
	/* 1233 / 4096 is log10(2), close enough for 64 bits. */
	unsigned int guess = (64 - (unsigned int)__builtin_clzll(value | 1)) * 1233 >> 12;

	return guess + (value >= powers[guess]);
}

/*
 * The 8 digits of a value below EIGHT_DIGITS, a byte each, the first in the lowest: the value is
 * halved, then both halves at once, then all four. Division is by multiplying and shifting; what
 * that brings down from the part above is masked out.
 */
static __always_inline uint64_t split_digits(uint64_t value)
{
	uint64_t fours = value / 10000 | value % 10000 << 32;
	uint64_t hundreds = fours * 5243 >> 19 & 0x0000007f0000007fULL;
	uint64_t twos = hundreds | (fours - 100 * hundreds) << 16;
	uint64_t tens = twos * 103 >> 10 & 0x000f000f000f000fULL;

	return tens | (twos - 10 * tens) << 8;
}

/* How many of the 8 digits are zeros before the number; the last never is. */
static unsigned int count_zeros(uint64_t digits)
{
	return (unsigned int)__builtin_ctzll(digits | 1ULL << 56) / 8;
}

/* 8 characters, the first in the lowest byte, but for the first `cut` of them. */
static __always_inline void put_characters(struct buffer *buffer, uint64_t characters,
					   unsigned int cut)
{
	if (!buffer_room(buffer, sizeof(characters)))
		return;
	characters = htole64(characters >> 8 * cut);
	memcpy(buffer->data + buffer->size, &characters, sizeof(characters));
	buffer->size += sizeof(characters) - cut;
}

void buffer_put_unsigned(struct buffer *buffer, uint64_t value)
{
	uint64_t digits;

	if (value < 10) {
		buffer_put_char(buffer, (char)('0' + value));
		return;
	}
	if (value >= EIGHT_DIGITS) {
		buffer_put_unsigned(buffer, value / EIGHT_DIGITS);
		put_characters(buffer, split_digits(value % EIGHT_DIGITS) | ZEROS, 0);
		return;
	}
	digits = split_digits(value);
	put_characters(buffer, digits | ZEROS, count_zeros(digits));
}

/* The digits and blanks of a number that fits into 1 to 8 characters. */
static __always_inline void put_field(struct buffer *buffer, uint64_t value, unsigned int width)
{
	uint64_t digits = value << 56;
	unsigned int zeros = 7;

	if (value >= 10) {
		digits = split_digits(value);
		zeros = count_zeros(digits);
	}
	/* '0' less 16 is a blank. */
	digits = (digits | ZEROS) - (SIXTEENS & ((1ULL << 8 * zeros) - 1));
	put_characters(buffer, digits, 8 - width);
}

void buffer_put_padded(struct buffer *buffer, uint64_t value, unsigned int width)
{
	unsigned int field = width < 8 ? width : 8;
	unsigned int digits;

	/* Where it fits, what is written next need not wait for the number of digits. */
	if (field && value < powers[field]) {
		if (width > field)
			put_blanks(buffer, width - field);
		put_field(buffer, value, field);
		return;
	}
	digits = count_digits(value);
	if (width > digits)
		buffer_put_blanks(buffer, width - digits);
	buffer_put_unsigned(buffer, value);
}

void buffer_put_signed(struct buffer *buffer, int64_t value)
{
	if (value < 0)
		buffer_put_char(buffer, '-');
	buffer_put_unsigned(buffer, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list list;
	int size;

	va_start(list, format);
	size = vsnprintf(NULL, 0, format, list);
	va_end(list);
	/* vsnprintf() ends with a NUL, which needs room but isn't kept. */
	if (size < 0 || !buffer_room(buffer, (size_t)size + 1))
		return;
	va_start(list, format);
	vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, list);
	va_end(list);
	buffer->size += (size_t)size;
}
