// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>

#include "buffer.h"
#include "kind.h"

#define GROUPS 8 /* of 16 bits in an IPv6 address */

static char *put_byte(char *next, unsigned int byte)
{
	if (byte >= 100)
		*next++ = (char)('0' + byte / 100);
	if (byte >= 10)
		*next++ = (char)('0' + byte / 10 % 10);
	*next++ = (char)('0' + byte % 10);
	return next;
}

static char *put_ipv4(char *next, const uint8_t *bytes)
{
	for (unsigned int i = 0; i < 4; i++) {
		if (i)
			*next++ = '.';
		next = put_byte(next, bytes[i]);
	}
	return next;
}

static unsigned int group_at(const uint8_t *bytes, unsigned int i)
{
	return (unsigned int)bytes[2 * i] << 8 | bytes[2 * i + 1];
}

static char *put_group(char *next, unsigned int group)
{
	unsigned int digits = 1 + (group > 0xf) + (group > 0xff) + (group > 0xfff);

	for (unsigned int shift = 4 * digits; shift; shift -= 4)
		*next++ = "0123456789abcdef"[group >> (shift - 4) & 15];
	return next;
}

/* Groups that are 0, in a row. */
struct zeros {
	unsigned int start, count;
};

/* The first of the longest, when there are two groups at least. */
static struct zeros longest_zeros(const uint8_t *bytes)
{
	struct zeros longest = {.start = GROUPS}, zeros = {0};

	for (unsigned int i = 0; i < GROUPS; i++) {
		if (group_at(bytes, i))
			zeros.start = i + 1;
		zeros.count = i + 1 - zeros.start;
		if (zeros.count > longest.count && zeros.count > 1)
			longest = zeros;
	}
	return longest;
}

/* As inet_ntop(), which prints each group with printf(). */
static char *put_ipv6(char *next, const uint8_t *bytes)
{
	struct zeros zeros = longest_zeros(bytes);
	bool holds_ipv4 = !zeros.start &&
			  (zeros.count == 6 || (zeros.count == 5 && group_at(bytes, 5) == 0xffff));
	unsigned int groups = holds_ipv4 ? 6 : GROUPS;

	for (unsigned int i = 0; i < groups; i++) {
		if (i == zeros.start) {
			*next++ = ':';
			i += zeros.count - 1;
			if (i + 1 == groups)
				*next++ = ':';
			continue;
		}
		if (i)
			*next++ = ':';
		next = put_group(next, group_at(bytes, i));
	}
	if (!holds_ipv4)
		return next;
	if (zeros.count == 5)
		*next++ = ':';
	return put_ipv4(next, bytes + 12);
}

static void put_address(struct buffer *out, int family, const void *cell)
{
	char *next;

	if (!buffer_room(out, INET6_ADDRSTRLEN))
		return;
	next = out->data + out->size;
	next = family == AF_INET6 ? put_ipv6(next, cell) : put_ipv4(next, cell);
	out->size = (size_t)(next - out->data);
}

/* 0 when the column that tells holds neither family. */
static int address_family(const struct column *column, const void *cell)
{
	const struct column *family = column - 1;
	uint64_t value;

	while (family->kind == &kind_address || family->kind == &kind_port)
		family--;
	value = load_unsigned((const char *)cell - column->offset + family->offset, family->size);
	return value == AF_INET || (value == AF_INET6 && column->size == 16) ? (int)value : 0;
}

static bool address_none(const struct column *column, const void *cell)
{
	return !address_family(column, cell) || number_none(column, cell);
}

static void address_text(struct buffer *out, const struct column *column, const void *cell)
{
	put_address(out, address_family(column, cell), cell);
}

static void ipv4_text(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	put_address(out, AF_INET, cell);
}

static void ipv6_text(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	put_address(out, AF_INET6, cell);
}

static void address_json(struct buffer *out, const struct column *column, const void *cell)
{
	buffer_put_char(out, '"');
	column->kind->text(out, column, cell);
	buffer_put_char(out, '"');
}

const struct kind kind_ipv4 = {"ipv4", .ascii = true, .none = number_none, .text = ipv4_text,
			       .json = address_json};
const struct kind kind_ipv6 = {"ipv6", .ascii = true, .none = number_none, .text = ipv6_text,
			       .json = address_json};
const struct kind kind_address = {"address", .ascii = true, .none = address_none,
				  .text = address_text, .json = address_json};
