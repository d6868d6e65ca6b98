// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes to the readers of captures, of hex text and of raw frames: whole, and in pieces whose
 * size is the first byte. Packets and errors must be the same.
 */
#include "../../fs/capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a reader gave, as one number, and how it ended. */
struct seen {
	uint64_t hash;
	size_t packets;
	int error;
};

static void hash_add(struct seen *seen, const void *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		seen->hash = (seen->hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001b3;
}

static void hash_number(struct seen *seen, uint64_t number)
{
	hash_add(seen, &number, sizeof(number));
}

static int packet_see(void *context, const struct packet *packet)
{
	struct seen *seen = context;

	if (packet->size > CAPTURE_SNAP || packet->size > packet->captured)
		abort();
	seen->packets++;
	hash_add(seen, packet->bytes, packet->size);
	hash_number(seen, packet->size);
	hash_number(seen, packet->captured);
	hash_number(seen, packet->length);
	hash_number(seen, packet->link_type);
	hash_number(seen, packet->time);
	hash_number(seen, packet->digits);
	hash_number(seen, packet->error);
	return 0;
}

/* Each piece in memory of its own, so that reading past it is seen. */
static int piece_write(struct capture *capture, const uint8_t *bytes, size_t size)
{
	uint8_t *piece = malloc(size);
	int error;

	memcpy(piece, bytes, size);
	error = capture_write(capture, piece, size);
	free(piece);
	return error;
}

static struct seen capture_see(const uint8_t *bytes, size_t size, size_t piece)
{
	struct seen seen = {0};
	struct capture *capture = capture_create(packet_see, &seen);

	for (size_t at = 0; at < size && !seen.error; at += piece)
		seen.error =
			piece_write(capture, bytes + at, size - at < piece ? size - at : piece);
	if (!seen.error)
		seen.error = capture_end(capture);
	capture_free(capture);
	return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct seen whole, pieces;

	if (size < 2)
		return 0;
	whole = capture_see(bytes + 1, size - 1, size);
	pieces = capture_see(bytes + 1, size - 1, bytes[0] + (size_t)1);
	if (whole.hash == pieces.hash && whole.packets == pieces.packets &&
	    whole.error == pieces.error)
		return 0;
	fprintf(stderr, "whole: %zu packets, %d; in pieces of %d: %zu packets, %d\n", whole.packets,
		whole.error, bytes[0] + 1, pieces.packets, pieces.error);
	abort();
}
