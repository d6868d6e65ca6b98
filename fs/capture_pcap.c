// SPDX-License-Identifier: GPL-2.0-only
/* https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/ */
#include <errno.h>

#include "capture_format.h"
#include "explain.h"
#include "linktype.h"

#define PCAP_MICROSECONDS 0xa1b2c3d4
#define PCAP_NANOSECONDS  0xa1b23c4d
#define PCAP_HEADER	  24 /* of the file */
#define PCAP_RECORD	  16 /* before each packet */
/* The rest of the word says how long the frame check sequence is. */
#define PCAP_LINK_TYPE 0x03ffffff

static bool pcap_match(const uint8_t *bytes, size_t size)
{
	uint32_t magic;

	if (size < sizeof(magic))
		return false;
	memcpy(&magic, bytes, sizeof(magic));
	return magic == PCAP_MICROSECONDS || magic == bswap_32(PCAP_MICROSECONDS) ||
	       magic == PCAP_NANOSECONDS || magic == bswap_32(PCAP_NANOSECONDS);
}

static long pcap_header(struct capture *capture, const uint8_t *bytes, size_t size)
{
	uint32_t magic;

	if (size < PCAP_HEADER)
		return capture_need(capture, PCAP_HEADER);
	memcpy(&magic, bytes, sizeof(magic));
	capture->swapped = magic != PCAP_MICROSECONDS && magic != PCAP_NANOSECONDS;
	capture->digits = capture_u32(capture, bytes) == PCAP_NANOSECONDS ? 9 : 6;
	if (capture_u16(capture, bytes + 4) != 2)
		return explain(-EINVAL, NULL, "pcap of version %u.%u: only 2 is known",
			       capture_u16(capture, bytes + 4), capture_u16(capture, bytes + 6));
	capture->link_type = capture_u32(capture, bytes + 20) & PCAP_LINK_TYPE;
	if (!linktype_known(capture->link_type))
		return linktype_refuse(capture->link_type);
	capture->started = true;
	return PCAP_HEADER;
}

static long pcap_take(struct capture *capture, const uint8_t *bytes, size_t size)
{
	struct packet packet = {.link_type = capture->link_type, .digits = capture->digits};
	uint64_t seconds, fraction;
	int error;

	if (!capture->started)
		return pcap_header(capture, bytes, size);
	if (size < PCAP_RECORD)
		return capture_need(capture, PCAP_RECORD);
	seconds = capture_u32(capture, bytes);
	fraction = capture_u32(capture, bytes + 4);
	packet.captured = capture_u32(capture, bytes + 8);
	packet.length = capture_u32(capture, bytes + 12);
	if (packet.captured > CAPTURE_LARGEST)
		return capture_broken(capture, "a packet of %u bytes", packet.captured);
	packet.size = packet.captured < CAPTURE_SNAP ? packet.captured : CAPTURE_SNAP;
	if (size < PCAP_RECORD + packet.size)
		return capture_need(capture, PCAP_RECORD + packet.size);
	packet.bytes = bytes + PCAP_RECORD;
	packet.stays = capture->direct;
	packet.time = seconds * 1000000000 + fraction * (capture->digits == 9 ? 1 : 1000);
	capture->skip = packet.captured - packet.size;
	error = capture_give(capture, &packet);
	return error ? error : (long)(PCAP_RECORD + packet.size);
}

static int pcap_end(struct capture *capture)
{
	if (!capture->started)
		return explain(-EINVAL, NULL, "pcap: its header is cut short");
	return capture_is_cut(capture) ? capture_give_error(capture, PACKET_CUT) : 0;
}

const struct capture_format capture_pcap = {pcap_match, pcap_take, pcap_end};
