// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324"
				  "25262728293031323334353637383940414243444546474849"
				  "50515253545556575859606162636465666768697071727374"
				  "75767778798081828384858687888990919293949596979899";

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

void buffer_put_blanks(struct buffer *buffer, size_t count)
{
	if (!count || !buffer_room(buffer, count))
		return;
	memset(buffer->data + buffer->size, ' ', count);
	buffer->size += count;
}

unsigned int count_digits(uint64_t value)
{
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
	/* 1233 / 4096 is log10(2), close enough for 64 bits. */
	unsigned int guess = (64 - (unsigned int)__builtin_clzll(value | 1)) * 1233 >> 12;

	return guess + (value >= powers[guess]);
}

void buffer_put_unsigned(struct buffer *buffer, uint64_t value)
{
	unsigned int digits = count_digits(value);
	char *end;

	if (!buffer_room(buffer, digits))
		return;
	buffer->size += digits;
	end = buffer->data + buffer->size;
	while (value >= 10000) {
		size_t four = value % 10000;

		end -= 4;
		memcpy(end, digit_pairs + four / 100 * 2, 2);
		memcpy(end + 2, digit_pairs + four % 100 * 2, 2);
		value /= 10000;
	}
	if (value >= 100) {
		end -= 2;
		memcpy(end, digit_pairs + value % 100 * 2, 2);
		value /= 100;
	}
	if (value >= 10)
		memcpy(end - 2, digit_pairs + value * 2, 2);
	else
		end[-1] = (char)('0' + value);
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
