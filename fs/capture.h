/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Takes packets out of bytes that come in pieces of any size: pcap, pcapng, hex text, or one raw
 * Ethernet frame, told apart by their first bytes.
 */
#ifndef BPFVIEW_CAPTURE_H
#define BPFVIEW_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct capture;

/* At most this many bytes of a packet are given; no test run takes more than 4096 with Ethernet. */
#define CAPTURE_SNAP 4200

#define CAPTURE_NO_TIME UINT64_MAX

/* Why a packet can't be used. */
enum packet_error {
	PACKET_OK,
	PACKET_SHORT, /* under 14 bytes */
	PACKET_LINK_TYPE, /* of a link type that can't be given an Ethernet header */
	PACKET_LINK_HEADER, /* its link-layer header is cut short or names an unknown protocol */
	PACKET_INTERFACE, /* of an interface that the capture doesn't describe */
	PACKET_BLOCK, /* its block is shorter than it says itself */
	PACKET_CUT, /* the capture ends inside it */
	PACKET_BROKEN, /* the capture can't be followed from here on */
	PACKET_REFUSED, /* the kernel did not run it */
};

struct packet {
	const uint8_t *bytes; /* valid during the call, and if they stay until the write returns */
	uint32_t size; /* of bytes: at most CAPTURE_SNAP */
	uint32_t captured; /* bytes in the capture */
	uint32_t length; /* bytes on the wire, as the capture says */
	uint32_t link_type; /* LINKTYPE_ number */
	uint64_t time; /* ns since the epoch, or CAPTURE_NO_TIME */
	uint8_t digits; /* of the second's fraction that the capture has: 0 to 9 */
	bool stays; /* bytes are among those that were given to capture_write() */
	enum packet_error error;
};

/* Takes one packet; a negative errno stops the capture. */
typedef int capture_packet(void *context, const struct packet *packet);

struct capture *capture_create(capture_packet *packet, void *context);
void capture_free(struct capture *capture);

/*
 * The next bytes. 0, or a negative errno with words: -EINVAL for what is not a capture or broken,
 * -EPROTONOSUPPORT for one whose link type can't be given an Ethernet header, or what packet
 * returned; after that, only capture_free().
 */
int capture_write(struct capture *capture, const void *bytes, size_t size);

/* No more bytes will come: gives the last packet. The same errors; -ENODATA when there were none.
 */
int capture_end(struct capture *capture);

#endif
