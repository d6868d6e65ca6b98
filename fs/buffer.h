/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes that grow. Once memory runs out `failed` stays set and nothing more goes in. */
#ifndef BPFVIEW_BUFFER_H
#define BPFVIEW_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buffer {
	char *data;
	size_t size, capacity;
	bool failed;
};

/* Makes room for `more` bytes after size; false when there is no memory. */
bool buffer_grow(struct buffer *buffer, size_t more);
void buffer_free(struct buffer *buffer);

static inline bool buffer_room(struct buffer *buffer, size_t more)
{
	return buffer->capacity - buffer->size >= more || buffer_grow(buffer, more);
}

static inline void buffer_put(struct buffer *buffer, const void *bytes, size_t size)
{
	if (!size || !buffer_room(buffer, size))
		return;
	memcpy(buffer->data + buffer->size, bytes, size);
	buffer->size += size;
}

static inline void buffer_put_char(struct buffer *buffer, char c)
{
	if (buffer_room(buffer, 1))
		buffer->data[buffer->size++] = c;
}

static inline void buffer_put_string(struct buffer *buffer, const char *string)
{
	buffer_put(buffer, string, strlen(string));
}

void buffer_put_blanks(struct buffer *buffer, size_t count);
unsigned int count_digits(uint64_t value);
void buffer_put_unsigned(struct buffer *buffer, uint64_t value);
/* Blanks before it make it `width` characters, if it isn't more. */
void buffer_put_padded(struct buffer *buffer, uint64_t value, unsigned int width);
void buffer_put_signed(struct buffer *buffer, int64_t value);
void buffer_printf(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
