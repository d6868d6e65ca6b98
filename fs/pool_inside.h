/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of a pool: its workers and queues (pool.c), and who looks after them (pool_watch.c). */
#ifndef BPFVIEW_POOL_INSIDE_H
#define BPFVIEW_POOL_INSIDE_H

#include <pthread.h>

#include "clock.h"
#include "pool.h"

#define PROMPT_WORKERS	 4
#define BULK_WORKERS_MAX 8
#define CHANGE_WORKERS	 4
#define WORKERS_MAX                                                                                \
	(PROMPT_WORKERS + BULK_WORKERS_MAX + CHANGE_WORKERS + POOL_CLASSES * POOL_STAND_INS)

/* All times are in ns, of the clock that clock_now() reads. */
struct queue {
	struct work *first, **last;
	pthread_cond_t filled;
	unsigned int wanted; /* workers */
	unsigned int present; /* those that haven't been in the kernel for long */
	unsigned int threads; /* present or not */
	unsigned int idle, length;
	uint64_t taken; /* when a worker last came for work */
	int nice;
	struct pool *pool;
};

struct worker {
	pthread_t thread;
	bool started; /* and not joined yet */
	bool ended;
	bool running; /* a piece of work */
	struct queue *queue;
	struct watch *watch; /* the innermost, or NULL */
	uint64_t since; /* when that began, or the one within it ended */
	bool away; /* for long: it has a stand-in, where there may be one more */
	bool overdue; /* the watches have been told */
	bool telling; /* they are being told */
};

struct pool {
	pthread_mutex_t lock; /* of all in here */
	struct queue queues[POOL_CLASSES];
	struct worker workers[WORKERS_MAX];
	pthread_cond_t told;
	pthread_t watcher;
	uint64_t limit;
	int timer; /* that the watcher reads */
	uint64_t due; /* what the timer is set to; UINT64_MAX: to nothing */
	unsigned int running; /* pieces of work */
	bool stopping; /* the workers end once there is no work, which may make more */
	bool stopped; /* there are none: the watcher ends */
};

/* All below but watcher_start() and watcher_stop() want the pool locked. */

/* Starts workers up to as many as are wanted, as far as may be. */
void queue_start(struct queue *queue);

/* NULL when there is none. */
struct work *queue_pop(struct queue *queue);

/* 0 or a negative errno. */
int watcher_start(struct pool *pool);
void watcher_stop(struct pool *pool);

/* Something has begun now that the watcher has to look after. */
void watcher_notice(struct pool *pool, uint64_t now);

/* In a worker, at its start: who it is. */
void worker_set_current(struct worker *worker);

#endif
