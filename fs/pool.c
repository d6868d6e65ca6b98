// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "pool_inside.h"

struct work *queue_pop(struct queue *queue)
{
	struct work *work = queue->first;

	if (work) {
		queue->length--;
		queue->first = work->next;
		if (!queue->first)
			queue->last = &queue->first;
	}
	return work;
}

/* One worker less. Another has to see to what it was woken for. */
static void worker_end(struct worker *worker)
{
	struct queue *queue = worker->queue;

	worker->ended = true;
	queue->present--;
	queue->threads--;
	if (queue->first)
		pthread_cond_signal(&queue->filled);
}

static void pool_wake(struct pool *pool)
{
	for (int class = 0; class < POOL_CLASSES; class ++)
		pthread_cond_broadcast(&pool->queues[class].filled);
}

/* Work of one class may make some of the other. */
static bool pool_is_done(const struct pool *pool)
{
	bool done = pool->stopping && !pool->running;

	for (int class = 0; class < POOL_CLASSES; class ++)
		done = done && !pool->queues[class].first;
	return done;
}

static void worker_set_running(struct worker *worker, bool running)
{
	struct pool *pool = worker->queue->pool;

	pool->running += running;
	pool->running -= worker->running;
	worker->running = running;
	if (pool_is_done(pool))
		pool_wake(pool);
}

/* NULL when the worker has to end: nothing is left to do, or one that was away has come back. */
static struct work *queue_take(struct worker *worker)
{
	struct queue *queue = worker->queue;
	struct pool *pool = queue->pool;
	struct work *work = NULL;

	pthread_mutex_lock(&pool->lock);
	worker_set_running(worker, false);
	queue->idle++;
	while (!queue->first && !pool_is_done(pool) && queue->present <= queue->wanted)
		pthread_cond_wait(&queue->filled, &pool->lock);
	queue->idle--;
	queue->taken = clock_now();
	if (queue->present <= queue->wanted)
		work = queue_pop(queue);
	if (work)
		worker_set_running(worker, true);
	else
		worker_end(worker);
	pthread_mutex_unlock(&pool->lock);
	return work;
}

static void *worker_run(void *argument)
{
	struct worker *worker = argument;
	struct work *work;

	if (worker->queue->nice)
		setpriority(PRIO_PROCESS, gettid(), worker->queue->nice);
	worker_set_current(worker);
	while ((work = queue_take(worker)))
		work->run(work);
	return NULL;
}

/* A place for one more; that of one that has ended counts. */
static struct worker *worker_place(struct pool *pool)
{
	struct worker *worker = pool->workers;

	while (worker->started && !worker->ended)
		worker++;
	if (worker->started)
		pthread_join(worker->thread, NULL);
	*worker = (struct worker){0};
	return worker;
}

void queue_start(struct queue *queue)
{
	struct pool *pool = queue->pool;
	struct worker *worker;

	while (!pool->stopping && queue->present < queue->wanted &&
	       queue->threads < queue->wanted + POOL_STAND_INS) {
		worker = worker_place(pool);
		worker->queue = queue;
		if (pthread_create(&worker->thread, NULL, worker_run, worker))
			return;
		worker->started = true;
		queue->present++;
		queue->threads++;
	}
}

static void queue_init(struct pool *pool, enum pool_class class)
{
	struct queue *queue = &pool->queues[class];
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	queue->last = &queue->first;
	queue->pool = pool;
	pthread_cond_init(&queue->filled, NULL);
	if (class == POOL_PROMPT) {
		queue->wanted = PROMPT_WORKERS;
		queue->nice = POOL_PROMPT_NICE;
	} else if (class == POOL_CHANGES) {
		queue->wanted = CHANGE_WORKERS;
	} else { /* Two at least: one iterates while the other formats. */
		queue->wanted = cpus < 2 ? 2 : cpus > BULK_WORKERS_MAX ? BULK_WORKERS_MAX : cpus;
	}
}

struct pool *pool_create(void)
{
	struct pool *pool = calloc(1, sizeof(*pool));
	bool started;

	if (!pool)
		return NULL;
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->told, NULL);
	pool_set_limit(pool, POOL_LIMIT);
	for (int class = 0; class < POOL_CLASSES; class ++)
		queue_init(pool, class);
	if (watcher_start(pool)) {
		free(pool);
		return NULL;
	}
	pthread_mutex_lock(&pool->lock);
	started = true;
	for (int class = 0; class < POOL_CLASSES; class ++) {
		queue_start(&pool->queues[class]);
		started = started && pool->queues[class].present == pool->queues[class].wanted;
	}
	pthread_mutex_unlock(&pool->lock);
	if (started)
		return pool;
	pool_free(pool);
	return NULL;
}

void pool_set_limit(struct pool *pool, unsigned int milliseconds)
{
	pool->limit = (uint64_t)milliseconds * 1000000;
}

bool pool_free(struct pool *pool)
{
	struct timespec deadline;

	if (!pool)
		return true;
	pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	pool_wake(pool);
	pthread_mutex_unlock(&pool->lock);
	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += POOL_PATIENCE;
	/* None is started any more, so that nobody else changes the places. */
	for (unsigned int i = 0; i < WORKERS_MAX; i++)
		if (pool->workers[i].started &&
		    pthread_timedjoin_np(pool->workers[i].thread, NULL, &deadline))
			return false;
	watcher_stop(pool);
	free(pool);
	return true;
}

void pool_submit(struct pool *pool, enum pool_class class, struct work *work)
{
	struct queue *queue = &pool->queues[class];

	work->next = NULL;
	work->queued = clock_now();
	pthread_mutex_lock(&pool->lock);
	*queue->last = work;
	queue->last = &work->next;
	queue->length++;
	watcher_notice(pool, work->queued);
	pthread_mutex_unlock(&pool->lock);
	pthread_cond_signal(&queue->filled); /* who wakes up needs the lock */
}

/* More work is queued than there are workers without any; the other way round when negative. */
static int queue_excess(struct pool *pool, enum pool_class class)
{
	const struct queue *queue = &pool->queues[class];
	int excess;

	pthread_mutex_lock(&pool->lock);
	excess = (int)queue->length - (int)queue->idle;
	pthread_mutex_unlock(&pool->lock);
	return excess;
}

bool pool_is_waiting(struct pool *pool, enum pool_class class)
{
	return queue_excess(pool, class) > 0;
}

bool pool_is_idle(struct pool *pool, enum pool_class class)
{
	return queue_excess(pool, class) < 0;
}
