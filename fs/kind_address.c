// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>

#include "buffer.h"
#include "kind.h"

static void put_address(struct buffer *out, int family, const void *cell)
{
	const unsigned char *bytes = cell;
	char text[INET6_ADDRSTRLEN];

	if (family == AF_INET6) {
		/* Never fails: the family is known and text is long enough. */
		if (inet_ntop(family, cell, text, sizeof(text)))
			buffer_put_string(out, text);
		return;
	}
	for (unsigned int i = 0; i < 4; i++) {
		if (i)
			buffer_put_char(out, '.');
		buffer_put_unsigned(out, bytes[i]);
	}
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

const struct kind kind_ipv4 = {"ipv4", .none = number_none, .text = ipv4_text,
			       .json = address_json};
const struct kind kind_ipv6 = {"ipv6", .none = number_none, .text = ipv6_text,
			       .json = address_json};
const struct kind kind_address = {"address", .none = address_none, .text = address_text,
				  .json = address_json};
