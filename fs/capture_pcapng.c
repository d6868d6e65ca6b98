// SPDX-License-Identifier: GPL-2.0-only
/* https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/ */
#include <errno.h>
#include <stdlib.h>

#include "capture_format.h"
#include "explain.h"

#define BLOCK_SECTION	0x0a0d0d0a
#define BLOCK_INTERFACE 1
#define BLOCK_PACKET	2 /* the obsolete one */
#define BLOCK_SIMPLE	3
#define BLOCK_ENHANCED	6
#define BYTE_ORDER_MARK 0x1a2b3c4d

#define BLOCK_FRAME	   12 /* type and length before, length again after */
#define SECTION_SIZE	   28
#define INTERFACE_SIZE	   20
#define INTERFACE_LARGEST  (1 << 20) /* its options are read up to here */
#define INTERFACES_MOST	   65536
#define PACKET_SIZE	   32
#define PACKET_DATA	   28
#define SIMPLE_SIZE	   16
#define SIMPLE_DATA	   12
#define OPTION_RESOLUTION  9
#define OPTION_TIME_OFFSET 14

static bool pcapng_match(const uint8_t *bytes, size_t size)
{
	uint32_t type;

	if (size < CAPTURE_HEAD)
		return false;
	memcpy(&type, bytes, sizeof(type));
	return type == BLOCK_SECTION;
}

/* A section has its own byte order and interfaces. */
static bool section_start(struct capture *capture, const uint8_t *block)
{
	capture->swapped = false;
	capture->swapped = capture_u32(capture, block + 8) != BYTE_ORDER_MARK;
	capture->interface_count = 0;
	return capture_u32(capture, block + 8) == BYTE_ORDER_MARK;
}

static void interface_options(struct capture *capture, const uint8_t *options, size_t size,
			      struct capture_interface *interface)
{
	while (size >= 4) {
		uint16_t code = capture_u16(capture, options);
		size_t length = capture_u16(capture, options + 2);
		size_t padded = 4 + ((length + 3) & ~(size_t)3);

		if (!code || padded > size)
			return;
		if (code == OPTION_RESOLUTION && length >= 1)
			interface->resolution = options[4];
		if (code == OPTION_TIME_OFFSET && length >= 8) {
			memcpy(&interface->offset, options + 4, sizeof(interface->offset));
			if (capture->swapped)
				interface->offset = (int64_t)bswap_64((uint64_t)interface->offset);
		}
		options += padded;
		size -= padded;
	}
}

static int interface_add(struct capture *capture, const uint8_t *block, size_t size)
{
	struct capture_interface *interfaces, *interface;
	uint32_t count = capture->interface_count;

	if (size < INTERFACE_SIZE || count == INTERFACES_MOST)
		return capture_broken(capture, "an interface that can't be read");
	/* Grows at each power of two. */
	if (!(count & (count - 1))) {
		interfaces = reallocarray(capture->interfaces, count ? 2 * (size_t)count : 1,
					  sizeof(*interfaces));
		if (!interfaces)
			return -ENOMEM;
		capture->interfaces = interfaces;
	}
	interface = &capture->interfaces[capture->interface_count++];
	*interface = (struct capture_interface){
		.link_type = capture_u16(capture, block + 8),
		.snap = capture_u32(capture, block + 12),
		.resolution = 6,
	};
	interface_options(capture, block + 16, size - INTERFACE_SIZE, interface);
	return 0;
}

static uint64_t interface_time(const struct capture_interface *interface, uint64_t stamp)
{
	unsigned int power = interface->resolution & 0x7f;
	__int128 time = stamp;

	if (interface->resolution & 0x80) {
		if (power > 63)
			return CAPTURE_NO_TIME;
		time = (time * 1000000000) >> power;
	} else {
		if (power > 19)
			return CAPTURE_NO_TIME;
		for (; power < 9; power++)
			time *= 10;
		for (; power > 9; power--)
			time /= 10;
	}
	time += (__int128)interface->offset * 1000000000;
	return time < 0 || time >= INT64_MAX ? CAPTURE_NO_TIME : (uint64_t)time;
}

/* What an interface says of its packets. */
static void packet_from(struct capture *capture, struct packet *packet, uint32_t number)
{
	const struct capture_interface *interface;

	packet->time = CAPTURE_NO_TIME;
	if (number >= capture->interface_count) {
		packet->error = PACKET_INTERFACE;
		return;
	}
	interface = &capture->interfaces[number];
	packet->link_type = interface->link_type;
	packet->digits = interface->resolution < 9 ? interface->resolution : 9;
}

static void packet_keep(const struct capture *capture, struct packet *packet, const uint8_t *data,
			size_t largest)
{
	if (packet->captured > largest) {
		packet->error = PACKET_BLOCK;
		return;
	}
	packet->bytes = data;
	packet->stays = capture->direct;
	packet->size = packet->captured < CAPTURE_SNAP ? packet->captured : CAPTURE_SNAP;
}

static int packet_take(struct capture *capture, uint32_t type, const uint8_t *block, size_t total)
{
	struct packet packet = {0};
	uint64_t stamp;
	uint32_t number;

	if (total < PACKET_SIZE)
		return capture_give_error(capture, PACKET_BLOCK);
	number = type == BLOCK_PACKET ? capture_u16(capture, block + 8)
				      : capture_u32(capture, block + 8);
	stamp = (uint64_t)capture_u32(capture, block + 12) << 32 | capture_u32(capture, block + 16);
	packet.captured = capture_u32(capture, block + 20);
	packet.length = capture_u32(capture, block + 24);
	packet_from(capture, &packet, number);
	if (!packet.error) {
		packet.time = interface_time(&capture->interfaces[number], stamp);
		packet_keep(capture, &packet, block + PACKET_DATA, total - PACKET_SIZE);
	}
	return capture_give(capture, &packet);
}

static int simple_take(struct capture *capture, const uint8_t *block, size_t total)
{
	struct packet packet = {0};
	uint32_t snap;

	if (total < SIMPLE_SIZE)
		return capture_give_error(capture, PACKET_BLOCK);
	packet.length = capture_u32(capture, block + 8);
	packet.captured = packet.length;
	packet_from(capture, &packet, 0);
	if (!packet.error) {
		snap = capture->interfaces[0].snap;
		if (snap && packet.captured > snap)
			packet.captured = snap;
		packet_keep(capture, &packet, block + SIMPLE_DATA, total - SIMPLE_SIZE);
	}
	return capture_give(capture, &packet);
}

/* The block's first size bytes of total. */
static int block_take(struct capture *capture, uint32_t type, const uint8_t *block, size_t size,
		      size_t total)
{
	switch (type) {
	case BLOCK_SECTION:
		capture->started = true;
		return total < SECTION_SIZE ? capture_broken(capture, "a short section header") : 0;
	case BLOCK_INTERFACE:
		return interface_add(capture, block, size);
	case BLOCK_PACKET:
	case BLOCK_ENHANCED:
		return packet_take(capture, type, block, total);
	case BLOCK_SIMPLE:
		return simple_take(capture, block, total);
	}
	return 0;
}

static long pcapng_take(struct capture *capture, const uint8_t *bytes, size_t size)
{
	size_t total, keep;
	uint32_t type;
	int error;

	if (size < BLOCK_FRAME)
		return capture_need(capture, BLOCK_FRAME);
	type = capture_u32(capture, bytes);
	if (type == BLOCK_SECTION && !section_start(capture, bytes))
		return capture_broken(capture, "a section without a byte-order mark");
	total = capture_u32(capture, bytes + 4);
	if (total < BLOCK_FRAME || total % 4)
		return capture_broken(capture, "a block of %zu bytes", total);
	keep = type == BLOCK_INTERFACE ? INTERFACE_LARGEST : PACKET_SIZE + CAPTURE_SNAP;
	if (keep > total)
		keep = total;
	if (size < keep)
		return capture_need(capture, keep);
	if (keep == total && capture_u32(capture, bytes + total - 4) != total)
		return capture_broken(capture, "a block of %zu bytes that ends with another number",
				      total);
	error = block_take(capture, type, bytes, keep, total);
	capture->skip = total - keep;
	return error ? error : (long)keep;
}

static int pcapng_end(struct capture *capture)
{
	if (!capture->started)
		return explain(-EINVAL, NULL, "pcapng: its first section is cut short");
	return capture_is_cut(capture) ? capture_give_error(capture, PACKET_CUT) : 0;
}

const struct capture_format capture_pcapng = {pcapng_match, pcapng_take, pcapng_end};
