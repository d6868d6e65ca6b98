/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests of captures share: bytes built field by field, and the packets that come out. */
#ifndef BPFVIEW_TESTS_PACKETS_H
#define BPFVIEW_TESTS_PACKETS_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "capture.h"
#include "tables.h"

#define PACKETS_MOST 64

struct packets {
	unsigned int count;
	struct packet all[PACKETS_MOST]; /* bytes points into bytes below */
	uint8_t bytes[PACKETS_MOST][CAPTURE_SNAP];
	int write, end; /* what the capture returned */
	struct explanation words;
};

static inline int packets_add(void *context, const struct packet *packet)
{
	struct packets *packets = context;
	struct packet *copy = &packets->all[packets->count];

	ck_assert_uint_lt(packets->count, PACKETS_MOST);
	ck_assert_uint_le(packet->size, CAPTURE_SNAP);
	*copy = *packet;
	copy->bytes = packets->bytes[packets->count];
	if (packet->size)
		memcpy(packets->bytes[packets->count], packet->bytes, packet->size);
	packets->count++;
	return 0;
}

/* The packets of a capture written in pieces of step bytes. Free with free(). */
static inline struct packets *packets_read(const void *bytes, size_t size, size_t step)
{
	struct packets *packets = calloc(1, sizeof(*packets));
	struct capture *capture = capture_create(packets_add, packets);

	for (size_t i = 0; i < size && !packets->write; i += step) {
		/* On the heap, so that a sanitizer sees a read past the piece. */
		size_t piece = size - i < step ? size - i : step;
		char *copy = malloc(piece);

		memcpy(copy, (const char *)bytes + i, piece);
		packets->write = capture_write(capture, copy, piece);
		free(copy);
	}
	if (!packets->write)
		packets->end = capture_end(capture);
	explain_take(&packets->words);
	capture_free(capture);
	return packets;
}

/* Numbers in the capture's byte order. */
struct writer {
	struct buffer out;
	bool swapped;
};

static inline void put16(struct writer *writer, uint16_t value)
{
	value = writer->swapped ? __builtin_bswap16(value) : value;
	buffer_put(&writer->out, &value, sizeof(value));
}

static inline void put32(struct writer *writer, uint32_t value)
{
	value = writer->swapped ? __builtin_bswap32(value) : value;
	buffer_put(&writer->out, &value, sizeof(value));
}

static inline void put64(struct writer *writer, uint64_t value)
{
	value = writer->swapped ? __builtin_bswap64(value) : value;
	buffer_put(&writer->out, &value, sizeof(value));
}

/* count bytes: first, first + 1 ... */
static inline void put_frame(struct writer *writer, uint8_t first, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_put_char(&writer->out, (char)(first + i));
}

static inline void check_frame(const struct packet *packet, uint8_t first, uint32_t captured)
{
	uint32_t kept = captured < CAPTURE_SNAP ? captured : CAPTURE_SNAP;

	ck_assert_int_eq(packet->error, PACKET_OK);
	ck_assert_uint_eq(packet->captured, captured);
	ck_assert_uint_eq(packet->size, kept);
	for (uint32_t i = 0; i < kept; i++)
		ck_assert_uint_eq(packet->bytes[i], (uint8_t)(first + i));
}

#endif
