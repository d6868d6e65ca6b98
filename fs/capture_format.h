/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of capture.c: the formats that it tells apart. */
#ifndef BPFVIEW_CAPTURE_FORMAT_H
#define BPFVIEW_CAPTURE_FORMAT_H

#include <byteswap.h>
#include <stdbool.h>
#include <string.h>

#include "buffer.h"
#include "capture.h"

/* No longer packet is believed: the most that tcpdump and Wireshark write too. */
#define CAPTURE_LARGEST 262144

/* The first bytes that tell the formats apart: one Ethernet header. */
#define CAPTURE_HEAD 14

struct capture_interface {
	uint32_t link_type;
	uint32_t snap; /* 0: no limit */
	int64_t offset; /* seconds to be added */
	uint8_t resolution; /* if_tsresol */
};

/* Bytes of a line that `*` can repeat. */
#define HEX_LINE 256

struct capture_text {
	struct buffer line; /* not ended yet */
	uint8_t packet[CAPTURE_SNAP];
	uint32_t size; /* of the packet, all of it */
	uint32_t lines; /* so far */
	bool dumps; /* lines with an offset have been seen: other words are comments */
	bool repeat; /* the last line was `*` */
	uint8_t previous[HEX_LINE]; /* bytes of the last line with an offset */
	uint32_t previous_size;
};

struct capture {
	capture_packet *packet;
	void *context;
	const struct capture_format *format; /* NULL until known */
	struct buffer carry; /* a record that is not whole yet */
	size_t need; /* how long it is, as far as is known */
	uint64_t skip; /* bytes to pass over before the next record */
	bool direct; /* records are taken from what was written, not from carry */
	bool swapped; /* the capture is of the other byte order */
	bool started; /* its header has been read */
	uint64_t packets;
	uint8_t digits; /* pcap: 6 or 9 */
	uint32_t link_type; /* pcap */
	struct buffer frame; /* raw: what is kept of it */
	uint32_t frame_size; /* raw: all of it */
	struct capture_interface *interfaces; /* pcapng */
	uint32_t interface_count;
	struct capture_text *text;
};

struct capture_format {
	/* True for its first bytes; from CAPTURE_HEAD of them on, a format must match. */
	bool (*match)(const uint8_t *bytes, size_t size);
	/*
	 * Takes a record from the front of bytes: its size, or 0 when it is longer than size,
	 * having set capture->need; or a negative errno. Sets capture->skip for what follows it
	 * unread.
	 */
	long (*take)(struct capture *capture, const uint8_t *bytes, size_t size);
	/* Gives what is not whole, and leaves all as it was. */
	int (*end)(struct capture *capture);
};

extern const struct capture_format capture_pcap, capture_pcapng, capture_hex, capture_raw;

/* True when the last record is not whole. */
static inline bool capture_is_cut(const struct capture *capture)
{
	return capture->carry.size || capture->skip;
}

/* Asks for a record of size bytes. */
static inline long capture_need(struct capture *capture, size_t size)
{
	capture->need = size;
	return 0;
}

static inline uint32_t capture_u32(const struct capture *capture, const uint8_t *bytes)
{
	uint32_t value;

	memcpy(&value, bytes, sizeof(value));
	return capture->swapped ? bswap_32(value) : value;
}

static inline uint16_t capture_u16(const struct capture *capture, const uint8_t *bytes)
{
	uint16_t value;

	memcpy(&value, bytes, sizeof(value));
	return capture->swapped ? bswap_16(value) : value;
}

/* Hands a packet on and counts it. */
int capture_give(struct capture *capture, const struct packet *packet);

/* Hands on a packet of which nothing is known but what is wrong with it. */
int capture_give_error(struct capture *capture, enum packet_error error);

/* The capture can't be followed any more: hands that on as a packet. -EINVAL with words. */
int capture_broken(struct capture *capture, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
