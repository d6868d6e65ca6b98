// SPDX-License-Identifier: GPL-2.0-only
#include "capture_line.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "explain.h"

/* hexdump and Wireshark leave a second blank in the middle of 16 bytes. */
#define MIDDLE 8

static size_t digits_count(const char *start, const char *end)
{
	size_t count = 0;

	while (start + count < end && isxdigit((unsigned char)start[count]))
		count++;
	return count;
}

static size_t blanks_count(const char *start, const char *end)
{
	size_t count = 0;

	while (start + count < end && isblank((unsigned char)start[count]))
		count++;
	return count;
}

static unsigned int digit_value(char digit)
{
	return isdigit((unsigned char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

static void digits_put(const char *digits, size_t count, uint8_t *bytes)
{
	for (size_t i = 0; i < count; i += 2)
		bytes[i / 2] = digit_value(digits[i]) << 4 | digit_value(digits[i + 1]);
}

/* An offset at the front of the line is taken off. */
static bool offset_take(struct line *line, uint32_t size, bool repeat)
{
	const char *p = line->start;
	bool prefix = line->end - p > 2 && p[0] == '0' && (p[1] | 0x20) == 'x';
	size_t digits, blanks;
	uint32_t offset = 0;

	if (prefix)
		p += 2;
	digits = digits_count(p, line->end);
	if (digits < 3 || digits > 8)
		return false;
	for (size_t i = 0; i < digits; i++)
		offset = offset << 4 | digit_value(p[i]);
	p += digits;
	line->offset = offset;
	if (p < line->end && *p == ':' && (p + 1 == line->end || isblank((unsigned char)p[1]))) {
		line->start = p + 1;
		return true;
	}
	if (prefix || digits < 4 || !(offset == 0 || offset == size || (repeat && offset > size)))
		return false;
	blanks = blanks_count(p, line->end);
	if (p + blanks < line->end && (!blanks || digits_count(p + blanks, line->end) != 2))
		return false;
	/* A line of nothing but its offset ends a dump; zeroes alone are bytes. */
	if (p + blanks == line->end && !offset)
		return false;
	line->start = p;
	return true;
}

void line_read(struct line *line, const char *start, size_t length, uint32_t size, bool repeat)
{
	const char *end = start + length;

	while (start < end && isspace((unsigned char)*start))
		start++;
	while (start < end && isspace((unsigned char)end[-1]))
		end--;
	*line = (struct line){.start = start, .end = end};
	if (start == end)
		line->kind = LINE_EMPTY;
	else if (end - start == 1 && *start == '*')
		line->kind = LINE_REPEAT;
	else if (offset_take(line, size, repeat))
		line->kind = LINE_DUMP;
	else
		line->kind = LINE_PLAIN;
}

bool line_is_comment(const struct line *line)
{
	static const char *const words[] = {" > ", ", length "};
	const char *p = line->start;
	size_t length = line->end - p;

	if (*p == '#')
		return true;
	if (length > 8 && p[2] == ':' && p[5] == ':' && p[8] == '.')
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (memmem(p, length, words[i], strlen(words[i])))
			return true;
	return false;
}

static int line_bad(uint32_t number, const char *token, const char *end)
{
	size_t length = 0;

	while (token + length < end && length < 16 && isgraph((unsigned char)token[length]))
		length++;
	return explain(-EINVAL, "packets are read as hex: pairs of 0-9 and a-f",
		       "line %u: `%.*s` is not hex", number, (int)length, token);
}

long line_dump(const struct line *line, uint32_t number, uint8_t *bytes)
{
	const char *p = line->start;
	size_t size = 0, blanks, digits;

	for (;; p += digits, size += digits / 2) {
		blanks = blanks_count(p, line->end);
		p += blanks;
		if (p == line->end || *p == '|')
			break;
		digits = digits_count(p, line->end);
		/* After more than one blank come the characters, but for the gap in the middle. */
		if (size && blanks > 1 && !(blanks == 2 && size == MIDDLE && digits == 2))
			break;
		if (!digits || digits % 2 ||
		    (p + digits < line->end && !isblank((unsigned char)p[digits])))
			return line_bad(number, p, line->end);
		digits_put(p, digits, bytes + size);
	}
	return (long)size;
}

/* What may be between bytes; more than one character for `\x`. */
static size_t separator_count(const char *p, const char *end)
{
	if (*p == '\\' && end - p > 1 && p[1] == 'x')
		return 2;
	return *p && strchr(" \t,:;-\"'{}", *p) ? 1 : 0;
}

long line_plain(const struct line *line, uint32_t number, uint8_t *bytes)
{
	const char *p = line->start, *token;
	size_t size = 0, digits, separator;
	bool prefix;

	while (p < line->end) {
		separator = separator_count(p, line->end);
		if (separator) {
			p += separator;
			continue;
		}
		token = p;
		prefix = line->end - p > 2 && p[0] == '0' && (p[1] | 0x20) == 'x';
		p += prefix ? 2 : 0;
		digits = digits_count(p, line->end);
		if (prefix && digits == 1) {
			bytes[size++] = digit_value(*p);
		} else if (!digits || digits % 2) {
			return line_bad(number, token, line->end);
		} else {
			digits_put(p, digits, bytes + size);
			size += digits / 2;
		}
		p += digits;
	}
	return (long)size;
}
