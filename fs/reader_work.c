// SPDX-License-Identifier: GPL-2.0-only
#include "reader_work.h"

#include <errno.h>
#include <stdlib.h>

#include "clock.h"
#include "source.h"

#define BATCH_FILLS 3 /* of SOURCE_BATCH, at most */
#define BATCH_TIME  1000000 /* ns: after it, those who read shall have what there is */

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
	       reader->filled - reader->taken < BATCHES_AHEAD &&
	       reader->filled - reader->emptied < BATCHES && reader->spool.size < reader->wanted;
}

/* The first batch is printed alone: it settles the widths. */
bool reader_can_print(const struct reader *reader)
{
	bool alone = reader->taken == reader->emptied;

	if (reader->closed || reader->ended)
		return false;
	return reader->filled != reader->taken ? reader->printer.started || alone
					       : reader->source_ended && alone;
}

static size_t batch_room(const struct source *source)
{
	return source->batch > SOURCE_BATCH ? source->batch : BATCH_FILLS * SOURCE_BATCH;
}

/* One fill, watched; the batch has what comes of it. False when it is the last. */
static bool batch_fill(struct reader *reader, struct batch *batch)
{
	const unsigned int resumed = reader->resumed;
	ssize_t size = -ENOMEM;

	pthread_mutex_unlock(&reader->lock);
	if (!batch->records)
		batch->records = malloc(batch_room(reader->source));
	watch_begin(&reader->watch);
	if (batch->records)
		size = source_fill(reader->source, (char *)batch->records + batch->size,
				   source_batch(reader->source));
	watch_end(&reader->watch);
	pthread_mutex_lock(&reader->lock);
	if (reader->source_ended) /* it came too late, or there is no room to print it to */
		return false;
	if (size > 0) {
		batch->size += (size_t)size;
		return true;
	}
	if (size == -EAGAIN)
		reader->paused = resumed == reader->resumed;
	else if (size < 0)
		reader_fail(reader, (int)size);
	else
		reader->source_ended = true;
	return false;
}

/* Several fills while they are quick, since each batch wakes a worker. */
void reader_fill(struct reader *reader, bool once)
{
	struct batch *batch = &reader->batches[reader->filled % BATCHES];
	const uint64_t until = clock_now() + BATCH_TIME;

	batch->size = 0;
	reader->filling = true;
	while (batch_fill(reader, batch) && !once && fill_possible(reader) && clock_now() < until &&
	       batch_room(reader->source) - batch->size >= source_batch(reader->source))
		;
	if (batch->size && batch == &reader->batches[reader->filled % BATCHES])
		reader->filled++; /* else fill_overdue() did */
	reader->filling = false;
}

static void fill_overdue(struct watch *watch, struct explanation *words)
{
	struct reader *reader = (struct reader *)((char *)watch - offsetof(struct reader, watch));

	pthread_mutex_lock(&reader->lock);
	if (!reader->source_ended && reader->batches[reader->filled % BATCHES].size)
		reader->filled++; /* what the fills before this one gave */
	reader_break(reader, -ETIMEDOUT, words);
	reader_schedule(reader);
	pthread_mutex_unlock(&reader->lock);
}

/* Nothing more comes: at least the header is printed. */
static void print_end(struct reader *reader)
{
	struct buffer printed = {0};
	int error = printer_print(&reader->printer, NULL, 0, &printed);

	if (!error)
		error = spool_append(&reader->spool, printed.data, printed.size);
	buffer_free(&printed);
	if (error)
		reader_fail(reader, error);
	reader_end(reader);
}

/* A file is written to while others have the lock. */
static int batch_append(struct reader *reader, const struct buffer *printed)
{
	int error;

	if (!spool_is_file(&reader->spool))
		return spool_append(&reader->spool, printed->data, printed->size);
	pthread_mutex_unlock(&reader->lock);
	error = spool_write(&reader->spool, printed->data, printed->size);
	pthread_mutex_lock(&reader->lock);
	if (!error)
		spool_extend(&reader->spool, printed->size);
	return error;
}

/* Moves what is printed to the spool, in order, one lane at a time. */
static void print_collect(struct reader *reader)
{
	if (reader->collecting)
		return;
	reader->collecting = true;
	while (!reader->ended && reader->emptied != reader->taken) {
		struct batch *batch = &reader->batches[reader->emptied % BATCHES];

		if (!batch->done) /* it belongs to who prints it */
			break;
		if (!batch->error) {
			batch->error = batch_append(reader, &batch->printed);
			if (batch->error)
				reader_fail(reader, batch->error);
		}
		if (batch->error) {
			reader_end(reader);
			break;
		}
		reader->printer.rows += batch->rows;
		reader->emptied++;
	}
	reader->collecting = false;
	reader_answer_waits(reader);
}

void reader_print(struct reader *reader)
{
	struct batch *batch = &reader->batches[reader->taken % BATCHES];
	struct printer printer = reader->printer;

	if (reader->filled == reader->taken) {
		print_end(reader);
		return;
	}
	reader->taken++;
	printer.rows = 0;
	batch->done = false;
	pthread_mutex_unlock(&reader->lock);
	batch->printed.size = 0;
	batch->error = printer_print(&printer, batch->records, batch->size, &batch->printed);
	pthread_mutex_lock(&reader->lock);
	if (batch->error)
		reader_fail(reader, batch->error);
	batch->rows = printer.rows;
	batch->done = true;
	reader->printer.started = printer.started;
	print_collect(reader);
}

/* But for the one that fills, which may be stuck. */
static unsigned int lanes_busy(const struct reader *reader)
{
	unsigned int busy = 0;

	for (int i = 0; i < LANES; i++)
		busy += reader->lanes[i].busy;
	return busy - reader->filling;
}

static bool can_fill(const struct reader *reader)
{
	return !reader->filling && fill_possible(reader);
}

/* Fills or prints, whichever can be done. */
static bool lane_step(struct reader *reader)
{
	if (can_fill(reader))
		reader_fill(reader, false);
	else if (reader_can_print(reader))
		reader_print(reader);
	else
		return false;
	return true;
}

/* A lane when there is something to do; a second and third when workers are idle as well. */
static bool lane_wanted(const struct reader *reader)
{
	unsigned int waiting = can_fill(reader);

	if (reader_can_print(reader))
		waiting += reader->filled == reader->taken ? 1 : reader->filled - reader->taken;
	if (waiting <= reader->queued)
		return false;
	return !lanes_busy(reader) || pool_is_idle(reader->pool, POOL_BULK);
}

void reader_schedule(struct reader *reader)
{
	for (int i = 0; i < LANES; i++) {
		struct lane *lane = &reader->lanes[i];

		if (lane->busy || !lane_wanted(reader))
			continue;
		lane->busy = true;
		reader->queued++;
		reader->references++;
		pthread_mutex_unlock(&reader->lock); /* who wakes up needs it */
		pool_submit(reader->pool, POOL_BULK, &lane->work);
		pthread_mutex_lock(&reader->lock);
	}
}

/* A batch a turn while others wait for one. Alone, a lane goes on in its worker. */
static void lane_run(struct work *work)
{
	struct lane *lane = (struct lane *)work;
	struct reader *reader = lane->reader;

	pthread_mutex_lock(&reader->lock);
	reader->queued--;
	while (lane_step(reader)) {
		reader->queued++; /* one thing is for this lane */
		reader_schedule(reader);
		reader->queued--;
		if (pool_is_waiting(reader->pool, POOL_BULK))
			break;
	}
	lane->busy = false;
	reader_schedule(reader);
	reader_put(reader);
}

/* What was filled and not printed is lost, but for what other lanes do, which come to the end. */
static void lane_refuse(struct work *work, const struct explanation *words)
{
	struct lane *lane = (struct lane *)work;
	struct reader *reader = lane->reader;

	pthread_mutex_lock(&reader->lock);
	reader->queued--;
	lane->busy = false;
	reader_break(reader, -ETIMEDOUT, words);
	if (lanes_busy(reader) == reader->queued && !reader->ended)
		reader_end(reader);
	reader_put(reader);
}

void reader_work_init(struct reader *reader)
{
	for (int i = 0; i < LANES; i++)
		reader->lanes[i] = (struct lane){{.run = lane_run, .refuse = lane_refuse}, reader};
	reader->watch.overdue = fill_overdue;
}
