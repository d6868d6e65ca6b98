// SPDX-License-Identifier: GPL-2.0-only
#include "exchange.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dissector.h"
#include "exchange_inside.h"
#include "explain.h"
#include "linktype.h"

static struct exchange *exchange_of(struct dissector *dissector,
				    const struct exchange_options *options)
{
	uint64_t rows = options->results_most / sizeof(struct exchange_row);
	size_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
	struct exchange *exchange;

	exchange = calloc(1, sizeof(*exchange) + blocks * sizeof(struct exchange_row *));
	if (!exchange)
		return NULL;
	exchange->references = 1;
	exchange->dissector = dissector ? dissector_get(dissector) : NULL;
	exchange->options = *options;
	exchange->rows_most = rows;
	pthread_mutex_init(&exchange->lock, NULL);
	exchange->capture = capture_create(exchange_take, exchange);
	if (exchange->capture)
		return exchange;
	exchange_put(exchange);
	return NULL;
}

struct exchange *exchange_create(const struct dissectors *dissectors,
				 const struct exchange_options *options)
{
	struct exchange *exchange = exchange_of(dissectors->first, options);

	if (!exchange || !dissectors->second)
		return exchange;
	exchange->second = exchange_of(dissectors->second, options);
	exchange->kernel = exchange_of(dissectors->kernel, options);
	if (exchange->second && exchange->kernel)
		return exchange;
	exchange_put(exchange);
	return NULL;
}

struct exchange *exchange_get(struct exchange *exchange)
{
	exchange->references++;
	return exchange;
}

void exchange_end(struct exchange *exchange)
{
	dissector_put(exchange->dissector);
	capture_free(exchange->capture);
	free(exchange->batch);
	exchange->dissector = NULL;
	exchange->capture = NULL;
	exchange->batch = NULL;
	if (exchange->second)
		exchange_end(exchange->second);
	if (exchange->kernel)
		exchange_end(exchange->kernel);
}

void exchange_put(struct exchange *exchange)
{
	if (!exchange || --exchange->references)
		return;
	exchange_end(exchange);
	exchange_put(exchange->second);
	exchange_put(exchange->kernel);
	for (uint64_t i = 0; i < exchange->rows_most; i += BLOCK_ROWS)
		free(exchange->blocks[i / BLOCK_ROWS]);
	pthread_mutex_destroy(&exchange->lock);
	free(exchange);
}

static void last_keep(struct last *last, const struct dissector_job *job,
		      const struct exchange_row *row)
{
	last->row = *row;
	last->size = job->size;
	memcpy(last->frame, job->frame, job->size);
}

int exchange_run(struct exchange *exchange)
{
	struct batch *batch = exchange->batch;
	size_t count = batch ? batch->count : 0;
	int error;

	if (!count)
		return 0;
	error = batch_run(batch, exchange->dissector, exchange->options.flags);
	if (!error)
		last_keep(&exchange->last, &batch->jobs[count - 1], batch->rows[count - 1]);
	return error;
}

static int earlier_error(const struct exchange *exchange)
{
	return explain(exchange->error, "open the file anew", "an earlier write failed: %s",
		       strerror(-exchange->error));
}

int exchange_write(struct exchange *exchange, const void *bytes, size_t size)
{
	if (exchange->error)
		return earlier_error(exchange);
	if (size > exchange->options.input_most - exchange->input)
		exchange->error = explain(-EFBIG, "write the capture in parts, or into stream",
					  "more than %llu bytes of packets",
					  (unsigned long long)exchange->options.input_most);
	if (!exchange->error)
		exchange->error = capture_write(exchange->capture, bytes, size);
	if (!exchange->error)
		exchange->error = exchange_run(exchange);
	if (!exchange->error && exchange->second)
		exchange->error = exchange_write(exchange->second, bytes, size);
	if (!exchange->error && exchange->kernel)
		exchange->error = exchange_write(exchange->kernel, bytes, size);
	if (exchange->error)
		return exchange->error;
	exchange->input += size;
	pthread_mutex_lock(&exchange->lock);
	exchange->written_rows = exchange->rows;
	pthread_mutex_unlock(&exchange->lock);
	return 0;
}

/* When no packet could be run, what was wrong with the first one. */
static int trouble_error(const struct trouble *trouble)
{
	if (trouble->usable)
		return 0;
	switch (trouble->first) {
	case PACKET_SHORT:
		return explain(-EINVAL, "write frames from their Ethernet header on",
			       "a frame of %u bytes: its Ethernet header alone has %u",
			       trouble->size, DISSECTOR_LEAST);
	case PACKET_LINK_TYPE:
		return linktype_refuse(trouble->link_type);
	case PACKET_LINK_HEADER:
		return explain(-EINVAL, NULL,
			       "a packet whose header of link type %u can't be understood",
			       trouble->link_type);
	case PACKET_INTERFACE:
		return explain(-EINVAL, NULL, "a packet of an interface that is not described");
	case PACKET_BLOCK:
		return explain(-EINVAL, NULL, "a packet that is longer than its block");
	default:
		return 0;
	}
}

static void finish_publish(struct exchange *exchange)
{
	pthread_mutex_lock(&exchange->lock);
	exchange->finished_rows = exchange->rows;
	exchange->finished_tail = exchange->tail;
	exchange->finished_last = exchange->last;
	pthread_mutex_unlock(&exchange->lock);
}

int exchange_finish(struct exchange *exchange)
{
	struct trouble before = exchange->trouble;
	int error;

	if (exchange->error)
		return earlier_error(exchange);
	exchange->tail = (struct tail){0};
	exchange->finishing = true;
	error = capture_end(exchange->capture);
	if (!error)
		error = exchange_run(exchange);
	if (!error)
		error = trouble_error(&exchange->trouble);
	if (!error && exchange->second)
		error = exchange_finish(exchange->second);
	if (!error && exchange->kernel)
		error = exchange_finish(exchange->kernel);
	if (!error)
		finish_publish(exchange);
	free(exchange->batch);
	exchange->batch = NULL;
	exchange->tail.count = 0;
	exchange->finishing = false;
	exchange->trouble = before;
	return error;
}
