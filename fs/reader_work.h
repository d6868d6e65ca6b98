/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of a reader: its lanes, pieces of work that make the spool grow. One of them fills batches
 * of records from the source while others print them, and prints too when it is far ahead. A lane
 * queues itself again when others wait, so that readers take turns. All functions want the reader
 * locked.
 */
#ifndef BPFVIEW_READER_WORK_H
#define BPFVIEW_READER_WORK_H

#include <pthread.h>
#include <stdbool.h>

#include "explain.h"
#include "format.h"
#include "pool.h"
#include "reader.h"
#include "spool.h"
#include "watch.h"

#define BATCHES	      4 /* filled ahead of what the spool has */
#define BATCHES_AHEAD 2 /* that no lane prints yet: the one that fills prints too, then */
#define LANES	      3

struct batch {
	void *records;
	size_t size;
	struct buffer printed;
	uint64_t rows; /* in printed */
	bool done; /* it was printed, or failed */
	int error;
};

struct lane {
	struct work work;
	struct reader *reader;
	bool busy; /* queued or running, or reader_start() does its work */
};

struct reader {
	pthread_mutex_t lock;
	unsigned int references; /* the owner's, and one for each piece of work under way */
	struct pool *pool;
	struct source *source;
	struct usage *usage;
	struct printer printer;
	struct spool spool;
	void *copy; /* what the spool's file is read into */
	size_t copy_size;
	struct batch batches[BATCHES];
	/* Batches, counted from the start: filled, begun to be printed, and in the spool. */
	unsigned int filled, taken, emptied;
	struct lane lanes[LANES];
	unsigned int queued; /* lanes that are about to do something */
	struct watch watch; /* of a fill */
	bool filling; /* one lane is */
	bool collecting; /* one lane moves batches to the spool */
	bool source_ended; /* no more batches will come */
	bool paused; /* the source has none for now */
	unsigned int resumed; /* times */
	bool ended; /* the spool is whole, or all that there will be */
	bool closed;
	int error;
	struct explanation words;
	uint64_t wanted; /* how far the spool is to grow for now */
	struct reader_wait *waits, **last_wait;
};

void reader_work_init(struct reader *reader);

/*
 * Fill the next batch, with as many fills as are quick or with one; print the next, or the end.
 * Both unlock for as long as it takes.
 */
void reader_fill(struct reader *reader, bool once);
void reader_print(struct reader *reader);
bool reader_can_print(const struct reader *reader);

/*
 * Queues lanes for what can go on; each holds a reference while it is queued or runs. Unlocks for
 * that: whoever calls it holds a reference, or keeps the source from being freed.
 */
void reader_schedule(struct reader *reader);

/* In reader.c: answers the waits that can be; drops a reference and unlocks. */
void reader_answer_waits(struct reader *reader);
void reader_put(struct reader *reader);

#endif
