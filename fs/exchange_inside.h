/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of the exchange_*.c files. */
#ifndef BPFVIEW_EXCHANGE_INSIDE_H
#define BPFVIEW_EXCHANGE_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "capture.h"
#include "exchange.h"
#include "exchange_batch.h"
#include "exchange_row.h"

#define BLOCK_ROWS 1024

/* Rows of what may still go on: a packet that is not whole, or two at the end of hex text. */
#define TAIL_ROWS 2

struct tail {
	struct exchange_row rows[TAIL_ROWS];
	unsigned int count;
};

/* What was wrong with the packets so far. */
struct trouble {
	bool usable; /* a packet could be run */
	enum packet_error first; /* of one that could not */
	uint32_t size, link_type; /* of that one */
};

/* The last frame that was run. */
struct last {
	struct exchange_row row; /* number 0: none was */
	uint32_t size;
	uint8_t frame[DISSECTOR_MOST];
};

struct exchange {
	atomic_uint references;
	struct dissector *dissector;
	struct exchange_options options;
	struct exchange *second, *kernel; /* of the same packets, to compare with; or NULL */
	struct capture *capture;
	struct batch *batch; /* NULL when there is nothing in it */
	uint64_t input; /* bytes so far */
	int error;
	struct trouble trouble;
	bool finishing; /* new rows go to the tail */
	struct tail tail;
	struct last last;
	uint64_t forgotten; /* rows that were before the first */
	uint64_t rows; /* so far, without the tail */
	uint64_t rows_most;
	pthread_mutex_t lock; /* of what sources go by */
	uint64_t written_rows; /* that no later write changes */
	uint64_t finished_rows;
	struct tail finished_tail;
	struct last finished_last;
	struct exchange_row *blocks[]; /* BLOCK_ROWS each; they never move */
};

static inline struct exchange_row *exchange_row(struct exchange *exchange, uint64_t row)
{
	return &exchange->blocks[row / BLOCK_ROWS][row % BLOCK_ROWS];
}

/* Takes a packet of the capture for an exchange, the context: makes its row, and runs a batch when
 * there is one. */
int exchange_take(void *context, const struct packet *packet);

/* As exchange_source(), but its own rows, whatever it is compared with. */
struct source *exchange_rows(struct exchange *exchange);

/* What it and the second one say differently. NULL: no memory. */
struct source *exchange_compare(struct exchange *exchange);

/* Runs what is in the batch. */
int exchange_run(struct exchange *exchange);

#endif
