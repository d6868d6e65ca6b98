// SPDX-License-Identifier: GPL-2.0-only
#include "reader_work.h"

#include <errno.h>
#include <stdlib.h>

#include "clock.h"
#include "source.h"

#define PROMPT_TIME 500000 /* ns of a processor: what has its end within is made whole at once */

static void reader_free(struct reader *reader)
{
	for (int i = 0; i < BATCHES; i++) {
		free(reader->batches[i].records);
		buffer_free(&reader->batches[i].printed);
	}
	source_free(reader->source);
	printer_free(&reader->printer);
	spool_free(&reader->spool);
	free(reader->copy);
	pthread_mutex_destroy(&reader->lock);
	free(reader);
}

/* Unlocks, and frees with the last reference. */
void reader_put(struct reader *reader)
{
	bool last = --reader->references == 0;

	pthread_mutex_unlock(&reader->lock);
	if (last)
		reader_free(reader);
}

static bool wait_ready(const struct reader *reader, const struct reader_wait *wait)
{
	return reader->ended || wait->offset + wait->size <= reader->spool.size;
}

static void *reader_copy(struct reader *reader, size_t size)
{
	if (spool_is_file(&reader->spool) && reader->copy_size < size) {
		free(reader->copy);
		reader->copy = malloc(size);
		reader->copy_size = reader->copy ? size : 0;
	}
	return reader->copy;
}

static void wait_answer(struct reader *reader, struct reader_wait *wait)
{
	const struct spool *spool = &reader->spool;
	struct reader_answer answer = {.words = &reader->words, .whole = spool->size};
	ssize_t size;

	if (reader->error) /* a size that makes the kernel read on into the error */
		answer.whole += READER_BEYOND;
	if (wait->offset == UINT64_MAX) {
		wait->done(wait, &answer);
		return;
	}
	if (reader->error && wait->offset + wait->size > spool->size) {
		answer.error = reader->error;
	} else if (spool_is_file(spool) && !reader_copy(reader, wait->size)) {
		answer.error = -ENOMEM;
	} else {
		size = spool_read(spool, wait->offset, wait->size, reader->copy, &answer.bytes);
		answer.error = size < 0 ? (int)size : 0;
		answer.size = size < 0 ? 0 : (size_t)size;
	}
	wait->done(wait, &answer);
}

/*
 * In the order of asking. The kernel sends a read that may run into the end before those beyond it,
 * and a short answer to one beyond it that came first would leave the page cache's size too large.
 */
void reader_answer_waits(struct reader *reader)
{
	struct reader_wait **link = &reader->waits, *wait;

	while ((wait = *link)) {
		if (!wait_ready(reader, wait)) {
			link = &wait->next;
			continue;
		}
		*link = wait->next;
		wait_answer(reader, wait);
	}
	reader->last_wait = link;
}

static void reader_go_on(void *argument)
{
	struct reader *reader = argument;

	pthread_mutex_lock(&reader->lock);
	reader->paused = false;
	reader->resumed++;
	reader_schedule(reader);
	pthread_mutex_unlock(&reader->lock);
}

int reader_create(struct pool *pool, struct source *source, const struct format *format,
		  struct usage *usage, struct reader **out)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	int error;

	if (!reader) {
		source_free(source);
		return -ENOMEM;
	}
	pthread_mutex_init(&reader->lock, NULL);
	reader->references = 1;
	reader->pool = pool;
	reader->source = source;
	source->resume = reader_go_on;
	source->reader = reader;
	reader->usage = usage;
	reader_work_init(reader);
	reader->wanted = READER_AHEAD;
	reader->last_wait = &reader->waits;
	spool_init(&reader->spool);
	error = printer_init(&reader->printer, source->schema, format);
	if (error) {
		reader_free(reader);
		return error;
	}
	*out = reader;
	return 0;
}

/* Of this thread: a wait for a processor says nothing of a table's size. */
static uint64_t processor_time(void)
{
	return clock_read(CLOCK_THREAD_CPUTIME_ID);
}

/* Nothing can be read but the failure. Not to be asked while it prints. */
static bool is_failure(const struct reader *reader)
{
	return reader->error && !reader->printer.rows;
}

static int failure_explain(const struct reader *reader)
{
	if (!is_failure(reader))
		return 0;
	return explain(reader->error, reader->words.hint, "%s", reader->words.message);
}

/* Whether reader_start() does all the work. */
static void reader_claim(struct reader *reader, bool claim)
{
	for (int i = 0; i < LANES; i++)
		reader->lanes[i].busy = claim;
}

int reader_start(struct reader *reader)
{
	uint64_t until = processor_time() + PROMPT_TIME;
	int error;

	pthread_mutex_lock(&reader->lock);
	reader_claim(reader, true);
	while (!reader->ended && !reader->paused && processor_time() < until) {
		reader_fill(reader, true);
		if (is_failure(reader))
			reader->ended = true;
		else if (reader_can_print(reader))
			reader_print(reader);
	}
	error = failure_explain(reader);
	reader_claim(reader, false);
	reader_schedule(reader);
	pthread_mutex_unlock(&reader->lock);
	return error;
}

bool reader_is_ready(struct reader *reader)
{
	bool ready;

	pthread_mutex_lock(&reader->lock);
	ready = reader->ended || !reader->source->whole;
	pthread_mutex_unlock(&reader->lock);
	return ready;
}

int reader_failure(struct reader *reader)
{
	int error;

	pthread_mutex_lock(&reader->lock);
	error = failure_explain(reader);
	pthread_mutex_unlock(&reader->lock);
	return error;
}

void reader_resume(struct reader *reader)
{
	pthread_mutex_lock(&reader->lock);
	reader->wanted = UINT64_MAX;
	pthread_mutex_unlock(&reader->lock);
	reader_go_on(reader);
}

void reader_close(struct reader *reader)
{
	struct reader_answer answer = {.error = -EINTR};
	struct reader_wait *wait;

	if (!reader)
		return;
	pthread_mutex_lock(&reader->lock);
	reader->closed = true;
	while ((wait = reader->waits)) {
		reader->waits = wait->next;
		wait->done(wait, &answer);
	}
	reader_put(reader);
}

static void reader_wait(struct reader *reader, struct reader_wait *wait, uint64_t wanted)
{
	pthread_mutex_lock(&reader->lock);
	if (wait_ready(reader, wait)) {
		wait_answer(reader, wait);
	} else {
		wait->next = NULL;
		*reader->last_wait = wait;
		reader->last_wait = &wait->next;
	}
	if (reader->wanted < wanted)
		reader->wanted = wanted;
	reader_schedule(reader);
	pthread_mutex_unlock(&reader->lock);
}

void reader_read(struct reader *reader, struct reader_wait *wait, uint64_t offset, size_t size)
{
	wait->offset = offset;
	wait->size = size;
	reader_wait(reader, wait, offset + size + READER_AHEAD);
}

void reader_size(struct reader *reader, struct reader_wait *wait)
{
	wait->offset = UINT64_MAX;
	wait->size = 0;
	reader_wait(reader, wait, UINT64_MAX);
}

void reader_interrupt(struct reader *reader, const void *key)
{
	struct reader_answer answer = {.error = -EINTR};
	struct reader_wait **link, *wait;

	pthread_mutex_lock(&reader->lock);
	for (link = &reader->waits; (wait = *link); link = &wait->next)
		if (wait->key == key)
			break;
	if (wait) {
		*link = wait->next;
		if (!wait->next)
			reader->last_wait = link;
		wait->done(wait, &answer);
	}
	pthread_mutex_unlock(&reader->lock);
}
