/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Worker threads for all that may take long, so that the thread that answers FUSE requests never
 * waits. Prompt work (opens, packets) has workers of its own and never queues behind bulk work
 * (large tables), whose workers have an ordinary priority and take turns between tables, nor
 * behind changes (loading an object), which may wait for a compiler and for one another.
 *
 * A worker that stays under a watch (watch.h) for a tenth of the pool's limit gets a stand-in, up
 * to POOL_STAND_INS of a class; when it has come back one of the two ends. A thread of the pool's
 * own looks after that, and sleeps when nothing is under way.
 */
#ifndef BPFVIEW_POOL_H
#define BPFVIEW_POOL_H

#include <stdbool.h>
#include <stdint.h>

/* Of the threads that a short request waits for; as far as the daemon may set it. */
#define POOL_PROMPT_NICE (-20)

#define POOL_STAND_INS 16

struct explanation;
struct pool;

enum pool_class {
	POOL_PROMPT,
	POOL_BULK,
	POOL_CHANGES,
	POOL_CLASSES,
};

/* A piece of work; part of the object that it is about. run() may submit it again. */
struct work {
	struct work *next;
	uint64_t queued; /* when; the pool's */
	void (*run)(struct work *work);
	/*
	 * Instead of run(), in the pool's own thread, when no worker has come to the queue within
	 * the limit (-ETIMEDOUT, with words for the user). Work without it waits on.
	 */
	void (*refuse)(struct work *work, const struct explanation *words);
};

/* Starts the workers; NULL when that fails. */
struct pool *pool_create(void);

/* For how long what is watched, or queued, may take: POOL_LIMIT at first. Before any work. */
#define POOL_LIMIT 10000
void pool_set_limit(struct pool *pool, unsigned int milliseconds);

/*
 * Runs what is queued to its end, then stops the workers. False, with all left as it is, when one
 * of them doesn't come back from the kernel within POOL_PATIENCE seconds. Accepts NULL.
 */
#define POOL_PATIENCE 5
bool pool_free(struct pool *pool);

/* Whether work of the class waits for a worker: one that has more to do should let it have a turn.
 */
bool pool_is_waiting(struct pool *pool, enum pool_class class);

/* Whether a worker of the class has nothing to do. */
bool pool_is_idle(struct pool *pool, enum pool_class class);

/* Puts work, which must not be queued already, at the end of its class's queue. */
void pool_submit(struct pool *pool, enum pool_class class, struct work *work);

#endif
