/* SPDX-License-Identifier: GPL-2.0-only */
/* The row of a packet, as it is kept and as it is printed. */
#ifndef BPFVIEW_EXCHANGE_ROW_H
#define BPFVIEW_EXCHANGE_ROW_H

#include <linux/bpf.h>
#include <stdint.h>

struct schema;

struct exchange_row {
	uint64_t time; /* ns since the epoch, or CAPTURE_NO_TIME */
	struct bpf_flow_keys keys;
	uint32_t frame; /* its number, from 1 */
	uint32_t length; /* on the wire, with the Ethernet header it was given; 0: not known */
	uint32_t verdict;
	uint8_t digits; /* of the time's fraction */
	uint8_t truncated; /* the kernel was given less than was captured */
	uint8_t error; /* enum packet_error: then keys and verdict say nothing */
	uint8_t reserved;
};

extern const struct schema exchange_schema;

/* What two dissectors say differently of a packet: a row for each field. */
struct compare_row {
	struct exchange_row packet;
	char field[16]; /* its column in exchange_schema */
	char first[48], second[48]; /* as text there; empty for nothing */
};

extern const struct schema compare_schema;

#endif
