// SPDX-License-Identifier: GPL-2.0-only
#include "escape.h"

#include <stdbool.h>

#include "buffer.h"

#define ONES	  0x0101010101010101ULL
#define HIGH_BITS 0x8080808080808080ULL

enum byte_class {
	PLAIN,
	SPECIAL,
	WIDE
};

static const unsigned char text_classes[256] = {
	[0x00 ... 0x20] = SPECIAL,
	['\\'] = SPECIAL,
	[0x7f] = SPECIAL,
	[0x80 ... 0xff] = WIDE,
};

static const unsigned char json_classes[256] = {
	[0x00 ... 0x1f] = SPECIAL, ['"'] = SPECIAL,	   ['\\'] = SPECIAL,
	[0x7f] = SPECIAL,	   [0x80 ... 0xff] = WIDE,
};

static const char hex_digits[] = "0123456789abcdef";

/* White space by Unicode, C1 controls, zero-width characters, marks and overrides of direction. */
static bool is_deceptive(uint32_t code)
{
	return (code >= 0x80 && code <= 0xa0) || code == 0xad || code == 0x61c || code == 0x1680 ||
	       code == 0x180e || (code >= 0x2000 && code <= 0x200f) ||
	       (code >= 0x2028 && code <= 0x202f) || (code >= 0x205f && code <= 0x206f) ||
	       code == 0x3000 || code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb);
}

/* The bytes of a word that equal the byte, as their high bits; what carries is never the lowest. */
static uint64_t find_byte(uint64_t word, unsigned char byte)
{
	uint64_t differs = word ^ (ONES * byte);

	return (differs - ONES) & ~differs & HIGH_BITS;
}

/* True when 8 bytes are printable ASCII that neither text nor JSON escapes. */
static bool is_plain_word(uint64_t word)
{
	return !(((word - ONES * 0x21) | word) & HIGH_BITS) && !find_byte(word, '\\') &&
	       !find_byte(word, '"') && !find_byte(word, 0x7f);
}

static uint64_t load_word(const unsigned char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* 4 to 7 bytes, some of them twice. */
static uint64_t load_halves(const unsigned char *bytes, size_t size)
{
	uint32_t first, last;

	memcpy(&first, bytes, sizeof(first));
	memcpy(&last, bytes + size - sizeof(last), sizeof(last));
	return first | (uint64_t)last << 32;
}

/* As most text is. The last word overlaps the one before it. */
static bool is_all_plain(const unsigned char *bytes, size_t size)
{
	if (size < 4)
		return false;
	if (size < 8)
		return is_plain_word(load_halves(bytes, size));
	for (size_t i = 0; i < size - 8; i += 8)
		if (!is_plain_word(load_word(bytes + i)))
			return false;
	return is_plain_word(load_word(bytes + size - 8));
}

/* How many bytes at the start go out as they are. */
static size_t count_plain(const unsigned char *bytes, size_t size, const unsigned char *classes)
{
	size_t i = 0, next_word = 0;

	if (is_all_plain(bytes, size))
		return size;
	while (i < size) {
		uint32_t code;
		size_t length;

		if (i >= next_word && size - i >= 8) {
			next_word = i + 8;
			if (is_plain_word(load_word(bytes + i))) {
				i = next_word;
				continue;
			}
		}
		if (classes[bytes[i]] == PLAIN) {
			i++;
			continue;
		}
		if (classes[bytes[i]] == SPECIAL)
			break;
		length = utf8_decode(bytes + i, size - i, &code);
		if (!length || is_deceptive(code))
			break;
		i += length;
	}
	return i;
}

static size_t put_text_escape(struct buffer *out, const unsigned char *bytes, size_t size)
{
	uint32_t code;
	size_t length;

	switch (bytes[0]) {
	case '\\':
		buffer_put(out, "\\\\", 2);
		return 1;
	case '\n':
		buffer_put(out, "\\n", 2);
		return 1;
	case '\t':
		buffer_put(out, "\\t", 2);
		return 1;
	}
	length = utf8_decode(bytes, size, &code);
	if (!length)
		length = 1;
	for (size_t i = 0; i < length; i++) {
		char word[] = {'\\', 'x', hex_digits[bytes[i] >> 4], hex_digits[bytes[i] & 15]};

		buffer_put(out, word, sizeof(word));
	}
	return length;
}

static size_t put_json_escape(struct buffer *out, const unsigned char *bytes, size_t size)
{
	uint32_t code = 0;
	size_t length = utf8_decode(bytes, size, &code);
	char word[] = {'\\', 'u', 0, 0, 0, 0};

	if (!length) {
		length = 1;
		code = bytes[0];
	}
	switch (code) {
	case '"':
	case '\\':
		word[1] = (char)code;
		break;
	case '\n':
		word[1] = 'n';
		break;
	case '\t':
		word[1] = 't';
		break;
	default:
		for (unsigned int i = 0; i < 4; i++)
			word[2 + i] = hex_digits[code >> (12 - 4 * i) & 15];
	}
	buffer_put(out, word, word[2] ? sizeof(word) : 2);
	return length;
}

void escape_text(struct buffer *out, const char *bytes, size_t size)
{
	const unsigned char *next = (const unsigned char *)bytes;

	if (size == 1 && *bytes == '-') {
		buffer_put_string(out, "\\x2d");
		return;
	}
	for (;;) {
		size_t length = count_plain(next, size, text_classes);

		buffer_put(out, next, length);
		next += length;
		size -= length;
		if (!size)
			return;
		length = put_text_escape(out, next, size);
		next += length;
		size -= length;
	}
}

void escape_json(struct buffer *out, const char *bytes, size_t size)
{
	const unsigned char *next = (const unsigned char *)bytes;

	buffer_put_char(out, '"');
	for (;;) {
		size_t length = count_plain(next, size, json_classes);

		buffer_put(out, next, length);
		next += length;
		size -= length;
		if (!size)
			break;
		length = put_json_escape(out, next, size);
		next += length;
		size -= length;
	}
	buffer_put_char(out, '"');
}

void escape_json_blanks(struct buffer *out, size_t start)
{
	size_t blanks = 0, from = out->size, to;

	if (out->size == start || !memchr(out->data + start, ' ', out->size - start))
		return;
	for (size_t i = start; i < out->size; i++)
		blanks += out->data[i] == ' ';
	if (!buffer_room(out, 5 * blanks))
		return;
	/* From the end, so that no byte is overwritten before it is moved. */
	out->size += 5 * blanks;
	to = out->size;
	while (to > from) {
		char c = out->data[--from];

		if (c != ' ') {
			out->data[--to] = c;
			continue;
		}
		to -= 6;
		memcpy(out->data + to, "\\u0020", 6);
	}
}
