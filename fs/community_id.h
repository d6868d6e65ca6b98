/* SPDX-License-Identifier: GPL-2.0-only */
/* Community ID, version 1: one name for both directions of a flow, as other tools give it. */
#ifndef BPFVIEW_COMMUNITY_ID_H
#define BPFVIEW_COMMUNITY_ID_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COMMUNITY_ID_SIZE 32

/*
 * The ID of a frame with those keys, with seed 0; false when it has none: no addresses, or a
 * fragment without the ports. The types of ICMP are read from the frame at thoff.
 */
bool community_id(const struct bpf_flow_keys *keys, const uint8_t *frame, size_t size,
		  char out[COMMUNITY_ID_SIZE]);

#endif
