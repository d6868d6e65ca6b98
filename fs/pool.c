// SPDX-License-Identifier: GPL-2.0-only
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define PROMPT_WORKERS	 4
#define BULK_WORKERS_MAX 8

struct queue {
	struct work *first, **last;
	pthread_cond_t filled;
	unsigned int workers, idle, length;
	int nice;
	struct pool *pool;
};

struct pool {
	pthread_mutex_t lock;
	struct queue queues[POOL_CLASSES];
	pthread_t threads[PROMPT_WORKERS + BULK_WORKERS_MAX];
	unsigned int thread_count;
	bool stopping;
};

static struct work *queue_take(struct queue *queue)
{
	struct pool *pool = queue->pool;
	struct work *work;

	pthread_mutex_lock(&pool->lock);
	queue->idle++;
	while (!queue->first && !pool->stopping)
		pthread_cond_wait(&queue->filled, &pool->lock);
	queue->idle--;
	work = queue->first;
	if (work) {
		queue->length--;
		queue->first = work->next;
		if (!queue->first)
			queue->last = &queue->first;
	}
	pthread_mutex_unlock(&pool->lock);
	return work;
}

static void *worker(void *argument)
{
	struct queue *queue = argument;
	struct work *work;

	if (queue->nice)
		setpriority(PRIO_PROCESS, gettid(), queue->nice);
	while ((work = queue_take(queue)))
		work->run(work);
	return NULL;
}

static bool queue_start(struct queue *queue)
{
	struct pool *pool = queue->pool;

	for (unsigned int i = 0; i < queue->workers; i++) {
		if (pthread_create(&pool->threads[pool->thread_count], NULL, worker, queue))
			return false;
		pool->thread_count++;
	}
	return true;
}

struct pool *pool_create(void)
{
	struct pool *pool = calloc(1, sizeof(*pool));
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	bool started = true;

	if (!pool)
		return NULL;
	pthread_mutex_init(&pool->lock, NULL);
	for (int class = 0; class < POOL_CLASSES; class ++) {
		pool->queues[class].last = &pool->queues[class].first;
		pool->queues[class].pool = pool;
		pthread_cond_init(&pool->queues[class].filled, NULL);
	}
	pool->queues[POOL_PROMPT].workers = PROMPT_WORKERS;
	pool->queues[POOL_PROMPT].nice = POOL_PROMPT_NICE;
	/* Two at least: one iterates while the other formats. */
	pool->queues[POOL_BULK].workers = cpus < 2		    ? 2
					  : cpus > BULK_WORKERS_MAX ? BULK_WORKERS_MAX
								    : cpus;
	for (int class = 0; class < POOL_CLASSES; class ++)
		started = started && queue_start(&pool->queues[class]);
	if (started)
		return pool;
	pool_free(pool);
	return NULL;
}

bool pool_free(struct pool *pool)
{
	struct timespec deadline;

	if (!pool)
		return true;
	pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	for (int class = 0; class < POOL_CLASSES; class ++)
		pthread_cond_broadcast(&pool->queues[class].filled);
	pthread_mutex_unlock(&pool->lock);
	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += POOL_PATIENCE;
	for (unsigned int i = 0; i < pool->thread_count; i++)
		if (pthread_timedjoin_np(pool->threads[i], NULL, &deadline))
			return false;
	free(pool);
	return true;
}

void pool_submit(struct pool *pool, enum pool_class class, struct work *work)
{
	struct queue *queue = &pool->queues[class];

	work->next = NULL;
	pthread_mutex_lock(&pool->lock);
	*queue->last = work;
	queue->last = &work->next;
	queue->length++;
	pthread_cond_signal(&queue->filled);
	pthread_mutex_unlock(&pool->lock);
}

bool pool_is_waiting(struct pool *pool, enum pool_class class)
{
	bool waiting;

	pthread_mutex_lock(&pool->lock);
	waiting = pool->queues[class].length > pool->queues[class].idle;
	pthread_mutex_unlock(&pool->lock);
	return waiting;
}
