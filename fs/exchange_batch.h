/* SPDX-License-Identifier: GPL-2.0-only */
/* Frames on their way to the dissector, many at a time. */
#ifndef BPFVIEW_EXCHANGE_BATCH_H
#define BPFVIEW_EXCHANGE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dissector.h"
#include "linktype.h"

struct exchange_row;
struct packet;

#define BATCH_JOBS  2048
#define BATCH_BYTES (512 << 10)

struct batch {
	size_t count; /* jobs */
	size_t size; /* bytes of frames */
	struct dissector_job jobs[BATCH_JOBS];
	struct exchange_row *rows[BATCH_JOBS];
	uint8_t frames[BATCH_BYTES];
};

/* True when there is no room for another frame. */
bool batch_full(const struct batch *batch);

/*
 * Adds a packet, with the Ethernet header it gets. Its row must stay where it is until the batch is
 * run, and so must its bytes if they are said to stay.
 */
void batch_add(struct batch *batch, const struct packet *packet,
	       const struct linktype_header *header, struct exchange_row *row);

/* Runs the jobs, fills in their rows and empties the batch. 0 or as dissector_run(). */
int batch_run(struct batch *batch, struct dissector *dissector, uint32_t flags);

#endif
