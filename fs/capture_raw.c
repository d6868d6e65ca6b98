// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "capture_format.h"
#include "explain.h"
#include "linktype.h"

/* Any first bytes: the other formats have been asked before. */
static bool raw_match(const uint8_t *bytes, size_t size)
{
	(void)bytes;
	return size >= CAPTURE_HEAD;
}

static long raw_take(struct capture *capture, const uint8_t *bytes, size_t size)
{
	size_t room = CAPTURE_SNAP - capture->frame.size;

	if (size > CAPTURE_LARGEST - capture->frame_size)
		return explain(-EINVAL,
			       "pcap, pcapng, hex text or one Ethernet frame can be written",
			       "not a capture, and too long for one frame");
	buffer_put(&capture->frame, bytes, size < room ? size : room);
	capture->frame_size += size;
	return capture->frame.failed ? -ENOMEM : (long)size;
}

static int raw_end(struct capture *capture)
{
	struct packet packet = {
		.bytes = (const uint8_t *)capture->frame.data,
		.size = capture->frame.size,
		.captured = capture->frame_size,
		.length = capture->frame_size,
		.link_type = LINKTYPE_ETHERNET,
		.time = CAPTURE_NO_TIME,
	};

	return capture_give(capture, &packet);
}

const struct capture_format capture_raw = {raw_match, raw_take, raw_end};
