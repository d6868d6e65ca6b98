/* SPDX-License-Identifier: GPL-2.0-only */
/* Blocks of a pcapng capture, built for tests. */
#ifndef BPFVIEW_TESTS_PCAPNG_H
#define BPFVIEW_TESTS_PCAPNG_H

#include "packets.h"

#define SECTION	  0x0a0d0d0a
#define INTERFACE 1
#define PACKET	  2
#define SIMPLE	  3
#define ENHANCED  6
#define STAMP	  1700000000123456

static inline size_t block_start(struct writer *writer, uint32_t type)
{
	size_t start = writer->out.size;

	put32(writer, type);
	put32(writer, 0);
	return start;
}

static inline void block_end(struct writer *writer, size_t start)
{
	uint32_t size, order;

	while (writer->out.size % 4)
		buffer_put_char(&writer->out, 0);
	size = writer->out.size + 4 - start;
	order = writer->swapped ? __builtin_bswap32(size) : size;
	put32(writer, size);
	memcpy(writer->out.data + start + 4, &order, sizeof(order));
}

static inline void put_section(struct writer *writer)
{
	size_t start = block_start(writer, SECTION);

	put32(writer, 0x1a2b3c4d);
	put16(writer, 1);
	put16(writer, 0);
	put64(writer, UINT64_MAX);
	block_end(writer, start);
}

/* resolution -1: the option is left out. */
static inline void put_interface(struct writer *writer, uint16_t link_type, uint32_t snap,
				 int resolution, uint64_t offset)
{
	size_t start = block_start(writer, INTERFACE);

	put16(writer, link_type);
	put16(writer, 0);
	put32(writer, snap);
	put16(writer, 2); /* if_name */
	put16(writer, 5);
	buffer_put(&writer->out, "ether\0\0\0", 8);
	if (resolution >= 0) {
		put16(writer, 9);
		put16(writer, 1);
		buffer_put_char(&writer->out, (char)resolution);
		buffer_put(&writer->out, "\0\0\0", 3);
	}
	if (offset) {
		put16(writer, 14);
		put16(writer, 8);
		put64(writer, offset);
	}
	put32(writer, 0);
	block_end(writer, start);
}

static inline void put_enhanced(struct writer *writer, uint32_t interface, uint64_t stamp,
				uint8_t first, uint32_t size)
{
	size_t start = block_start(writer, ENHANCED);

	put32(writer, interface);
	put32(writer, stamp >> 32);
	put32(writer, (uint32_t)stamp);
	put32(writer, size);
	put32(writer, size + 4);
	put_frame(writer, first, size);
	block_end(writer, start);
}

static inline void put_simple(struct writer *writer, uint32_t length, uint8_t first, uint32_t size)
{
	size_t start = block_start(writer, SIMPLE);

	put32(writer, length);
	put_frame(writer, first, size);
	block_end(writer, start);
}

static inline void put_unknown(struct writer *writer, size_t size)
{
	size_t start = block_start(writer, 0x80001234);

	put_frame(writer, 0, size);
	block_end(writer, start);
}

#endif
