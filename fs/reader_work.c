// SPDX-License-Identifier: GPL-2.0-only
#include "reader_work.h"

#include <errno.h>
#include <stdlib.h>

#include "source.h"

static struct reader *reader_of_fill(struct work *work)
{
	return (struct reader *)((char *)work - offsetof(struct reader, fill));
}

static struct reader *reader_of_print(struct work *work)
{
	return (struct reader *)((char *)work - offsetof(struct reader, print));
}

/* No more batches will come; those there are will still be printed. */
static void reader_break(struct reader *reader, int error, const struct explanation *words)
{
	reader->source_ended = true;
	if (reader->error)
		return;
	reader->error = error;
	reader->words = *words;
}

/* The same with this thread's words. */
static void reader_fail(struct reader *reader, int error)
{
	struct explanation words;

	explain_take(&words);
	reader_break(reader, error, &words);
}

static void reader_end(struct reader *reader)
{
	if (reader->error)
		spool_pad(&reader->spool);
	reader->ended = true;
	if (reader->usage && !reader->error) {
		reader->usage->rows = reader->printer.rows;
		reader->usage->bytes = reader->spool.size;
	}
	reader_answer_waits(reader);
}

static bool fill_possible(const struct reader *reader)
{
	return !reader->closed && !reader->source_ended && !reader->paused &&
	       reader->filled - reader->emptied < BATCHES && reader->spool.size < reader->wanted;
}

bool reader_can_print(const struct reader *reader)
{
	return !reader->closed && !reader->ended &&
	       (reader->filled != reader->emptied || reader->source_ended);
}

void reader_fill(struct reader *reader)
{
	struct batch *batch = &reader->batches[reader->filled % BATCHES];
	size_t room = source_batch(reader->source);
	unsigned int resumed = reader->resumed;
	ssize_t size = -ENOMEM;

	pthread_mutex_unlock(&reader->lock);
	if (!batch->records)
		batch->records = malloc(room);
	watch_begin(&reader->watch);
	if (batch->records)
		size = source_fill(reader->source, batch->records, room);
	watch_end(&reader->watch);
	pthread_mutex_lock(&reader->lock);
	if (reader->source_ended) /* it came too late, or there is no room to print it to */
		return;
	if (size > 0) {
		batch->size = (size_t)size;
		reader->filled++;
		return;
	}
	if (size == -EAGAIN) {
		reader->paused = resumed == reader->resumed;
		return;
	}
	reader->source_ended = true;
	if (size < 0)
		reader_fail(reader, (int)size);
}

static void fill_overdue(struct watch *watch, struct explanation *words)
{
	struct reader *reader = (struct reader *)((char *)watch - offsetof(struct reader, watch));

	pthread_mutex_lock(&reader->lock);
	reader_break(reader, -ETIMEDOUT, words);
	reader_schedule(reader);
	pthread_mutex_unlock(&reader->lock);
}

void reader_print(struct reader *reader)
{
	struct batch *batch = &reader->batches[reader->emptied % BATCHES];
	bool whole =
		reader->filled == reader->emptied; /* nothing more: print at least the header */
	int error;

	pthread_mutex_unlock(&reader->lock);
	reader->printed.size = 0;
	error = printer_print(&reader->printer, batch->records, whole ? 0 : batch->size,
			      &reader->printed);
	pthread_mutex_lock(&reader->lock);
	if (!error)
		error = spool_append(&reader->spool, reader->printed.data, reader->printed.size);
	if (error)
		reader_fail(reader, error);
	if (error || whole) {
		reader_end(reader);
		return;
	}
	reader->emptied++;
	reader_answer_waits(reader);
}

void reader_schedule(struct reader *reader)
{
	if (!reader->filling && fill_possible(reader)) {
		reader->filling = true;
		reader->references++;
		pool_submit(reader->pool, POOL_BULK, &reader->fill);
	}
	if (!reader->printing && reader_can_print(reader)) {
		reader->printing = true;
		reader->references++;
		pool_submit(reader->pool, POOL_BULK, &reader->print);
	}
}

/*
 * A batch a turn while others wait for one. Alone, the work goes on in its worker: handing each
 * batch to the queue keeps both workers on one processor.
 */
static bool turn_goes_on(struct reader *reader)
{
	reader_schedule(reader);
	return !pool_is_waiting(reader->pool, POOL_BULK);
}

static void fill_run(struct work *work)
{
	struct reader *reader = reader_of_fill(work);

	pthread_mutex_lock(&reader->lock);
	while (fill_possible(reader)) {
		reader_fill(reader);
		if (!turn_goes_on(reader))
			break;
	}
	reader->filling = false;
	reader_schedule(reader);
	reader_put(reader);
}

static void print_run(struct work *work)
{
	struct reader *reader = reader_of_print(work);

	pthread_mutex_lock(&reader->lock);
	while (reader_can_print(reader)) {
		reader_print(reader);
		if (!turn_goes_on(reader))
			break;
	}
	reader->printing = false;
	reader_schedule(reader);
	reader_put(reader);
}

/* What was filled and not printed is lost, but for a print under way, which comes to the end. */
static void reader_refuse(struct reader *reader, const struct explanation *words)
{
	reader_break(reader, -ETIMEDOUT, words);
	if (!reader->printing && !reader->ended)
		reader_end(reader);
	reader_put(reader);
}

static void fill_refuse(struct work *work, const struct explanation *words)
{
	struct reader *reader = reader_of_fill(work);

	pthread_mutex_lock(&reader->lock);
	reader->filling = false;
	reader_refuse(reader, words);
}

static void print_refuse(struct work *work, const struct explanation *words)
{
	struct reader *reader = reader_of_print(work);

	pthread_mutex_lock(&reader->lock);
	reader->printing = false;
	reader_refuse(reader, words);
}

void reader_work_init(struct reader *reader)
{
	reader->fill.run = fill_run;
	reader->fill.refuse = fill_refuse;
	reader->print.run = print_run;
	reader->print.refuse = print_refuse;
	reader->watch.overdue = fill_overdue;
}
