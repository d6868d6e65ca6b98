// SPDX-License-Identifier: GPL-2.0-only
#include "ahead.h"

#include <pthread.h>
#include <stdatomic.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "explain.h"
#include "source.h"
#include "watch.h"

struct batch {
	STAILQ_ENTRY(batch) link;
	size_t size;
	char records[];
};

/* What a thread came to, for another to say. */
struct outcome {
	ssize_t result;
	struct explanation words;
};

struct ahead {
	struct source source;
	struct source *inner;
	int (*prepare)(void *context);
	void *context;
	pthread_t thread;
	cpu_set_t processors; /* that it may use */
	bool running; /* not joined yet */
	_Atomic bool prepared;
	struct outcome preparation;
	STAILQ_HEAD(, batch) batches;
	size_t held; /* bytes of them */
	bool ended; /* the inner source, in this way: */
	struct outcome end;
};

static void outcome_keep(struct outcome *outcome, ssize_t result)
{
	outcome->result = result;
	explain_take(&outcome->words);
}

static ssize_t outcome_say(const struct outcome *outcome)
{
	if (outcome->result >= 0)
		return outcome->result;
	return explain((int)outcome->result, outcome->words.hint, "%s", outcome->words.message);
}

static void *ahead_prepare(void *argument)
{
	struct ahead *ahead = argument;

	sched_setaffinity(0, sizeof(ahead->processors), &ahead->processors);
	outcome_keep(&ahead->preparation, ahead->prepare(ahead->context));
	ahead->prepared = true;
	return NULL;
}

static void ahead_wait(struct ahead *ahead)
{
	if (ahead->running)
		pthread_join(ahead->thread, NULL);
	ahead->running = false;
}

static int ahead_read(struct ahead *ahead)
{
	const size_t room = source_batch(ahead->inner);
	struct batch *batch = malloc(sizeof(*batch) + room), *shorter;
	ssize_t size;

	if (!batch)
		return -ENOMEM;
	size = source_fill(ahead->inner, batch->records, room);
	if (size <= 0) {
		free(batch);
		ahead->ended = true;
		outcome_keep(&ahead->end, size);
		return 0;
	}
	batch->size = (size_t)size;
	shorter = realloc(batch, sizeof(*batch) + batch->size);
	batch = shorter ? shorter : batch;
	STAILQ_INSERT_TAIL(&ahead->batches, batch, link);
	ahead->held += batch->size;
	watch_renew();
	return 0;
}

static ssize_t ahead_give(struct ahead *ahead, void *records)
{
	struct batch *batch = STAILQ_FIRST(&ahead->batches);
	ssize_t size = (ssize_t)batch->size;

	memcpy(records, batch->records, batch->size);
	STAILQ_REMOVE_HEAD(&ahead->batches, link);
	free(batch);
	return size;
}

static ssize_t ahead_fill(struct source *source, void *records, size_t size)
{
	struct ahead *ahead = (struct ahead *)source;
	int error = 0;

	while (ahead->running && !ahead->prepared && !ahead->ended && ahead->held < AHEAD_MAX &&
	       !error)
		error = ahead_read(ahead);
	ahead_wait(ahead);
	if (error)
		return error;
	if (ahead->preparation.result < 0)
		return outcome_say(&ahead->preparation);
	if (!STAILQ_EMPTY(&ahead->batches))
		return ahead_give(ahead, records);
	return ahead->ended ? outcome_say(&ahead->end) : source_fill(ahead->inner, records, size);
}

static void ahead_free(struct source *source)
{
	struct ahead *ahead = (struct ahead *)source;
	struct batch *batch;

	ahead_wait(ahead);
	while ((batch = STAILQ_FIRST(&ahead->batches))) {
		STAILQ_REMOVE_HEAD(&ahead->batches, link);
		free(batch);
	}
	source_free(ahead->inner);
	free(ahead);
}

static const struct source_operations ahead_operations = {
	.fill = ahead_fill,
	.free = ahead_free,
};

/*
 * On another processor: left to itself, the thread may share this one for the whole of the walk
 * while the other is idle. What it may use from then on is as before.
 */
static void ahead_start(struct ahead *ahead)
{
	cpu_set_t others;
	pthread_attr_t attributes;

	pthread_attr_init(&attributes);
	CPU_ZERO(&ahead->processors); /* it stays when there are too many for the set */
	sched_getaffinity(0, sizeof(ahead->processors), &ahead->processors);
	others = ahead->processors;
	CPU_CLR(sched_getcpu(), &others);
	if (CPU_COUNT(&others))
		pthread_attr_setaffinity_np(&attributes, sizeof(others), &others);
	ahead->running = !pthread_create(&ahead->thread, &attributes, ahead_prepare, ahead);
	pthread_attr_destroy(&attributes);
	if (!ahead->running)
		ahead_prepare(ahead);
}

int ahead_source(int (*prepare)(void *context), void *context, struct source **source)
{
	struct ahead *ahead = calloc(1, sizeof(*ahead));

	if (!ahead) {
		source_free(*source);
		return -ENOMEM;
	}
	ahead->source.operations = &ahead_operations;
	ahead->source.schema = (*source)->schema;
	ahead->source.batch = (*source)->batch;
	ahead->inner = *source;
	ahead->prepare = prepare;
	ahead->context = context;
	STAILQ_INIT(&ahead->batches);
	ahead_start(ahead);
	*source = &ahead->source;
	return 0;
}
