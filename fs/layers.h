/* SPDX-License-Identifier: GPL-2.0-only */
/* The headers of a frame, as far as the built-in dissector goes when nothing stops it. */
#ifndef BPFVIEW_LAYERS_H
#define BPFVIEW_LAYERS_H

#include <stddef.h>
#include <stdint.h>

#define LAYERS_MOST 64

struct layer {
	uint32_t offset; /* bytes before it */
	char name[24]; /* "ipv4", "udp"; of what has no name the number, "ethertype-0x88cc" */
};

struct layers {
	size_t size; /* bytes of the frame */
	size_t count;
	struct layer layers[LAYERS_MOST];
};

/* From the Ethernet header on; options as in enum dissect_option. */
void layers_find(const uint8_t *frame, size_t size, uint32_t options, struct layers *out);

#endif
