// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "explain.h"
#include "pool_inside.h"
#include "watch.h"

#define STAND_IN_PART 10 /* of the limit */

static _Thread_local struct worker *current;

void worker_set_current(struct worker *worker)
{
	current = worker;
}

/* The next thing to look after: a worker or a queue. */
struct due {
	uint64_t time;
	struct worker *worker;
	struct queue *queue;
};

static void due_worker(struct due *due, struct worker *worker, uint64_t limit)
{
	uint64_t time = worker->since + (worker->away ? limit : limit / STAND_IN_PART);

	if (!worker->watch || worker->overdue || time >= due->time)
		return;
	*due = (struct due){.time = time, .worker = worker};
}

static void due_queue(struct due *due, struct queue *queue, uint64_t limit)
{
	const struct work *work = queue->first;
	uint64_t time;

	if (!work || !work->refuse)
		return;
	time = limit + (work->queued > queue->taken ? work->queued : queue->taken);
	if (time < due->time)
		*due = (struct due){.time = time, .queue = queue};
}

static struct due due_next(struct pool *pool)
{
	struct due due = {.time = UINT64_MAX};

	for (unsigned int i = 0; i < WORKERS_MAX; i++)
		due_worker(&due, &pool->workers[i], pool->limit);
	for (int class = 0; class < POOL_CLASSES; class ++)
		due_queue(&due, &pool->queues[class], pool->limit);
	return due;
}

/* Unlocks for as long as it takes. The worker can't leave its watches meanwhile. */
static void worker_tell(struct pool *pool, struct worker *worker)
{
	struct explanation words = {0};

	worker->overdue = worker->telling = true;
	pthread_mutex_unlock(&pool->lock);
	snprintf(words.message, sizeof(words.message), "the kernel did not answer in %g s",
		 (double)pool->limit / 1e9);
	for (struct watch *watch = worker->watch; watch; watch = watch->outer) {
		if (!watch->told)
			watch->overdue(watch, &words);
		watch->told = true;
	}
	pthread_mutex_lock(&pool->lock);
	worker->telling = false;
	pthread_cond_broadcast(&pool->told);
}

static void worker_look(struct pool *pool, struct worker *worker)
{
	if (worker->away) {
		worker_tell(pool, worker);
		return;
	}
	worker->away = true;
	worker->queue->present--;
	queue_start(worker->queue);
}

static void queue_refuse(struct pool *pool, struct queue *queue)
{
	struct explanation words = {.hint = "threads shows who is in disk_sleep"};
	struct work *work = queue_pop(queue);

	pthread_mutex_unlock(&pool->lock);
	snprintf(words.message, sizeof(words.message),
		 "no worker was free for %g s: too many wait for the kernel",
		 (double)pool->limit / 1e9);
	work->refuse(work, &words);
	pthread_mutex_lock(&pool->lock);
}

static void timer_set(struct pool *pool, uint64_t time)
{
	const struct itimerspec when = {.it_value.tv_sec = (time_t)(time / 1000000000),
					.it_value.tv_nsec = (long)(time % 1000000000)};

	pool->due = time;
	timerfd_settime(pool->timer, TFD_TIMER_ABSTIME, &when, NULL);
}

/* It is left as it is by what ends, so that it goes off at most once for nothing. */
void watcher_notice(struct pool *pool, uint64_t now)
{
	const uint64_t time = now + pool->limit / STAND_IN_PART;

	if (time < pool->due)
		timer_set(pool, time);
}

static void *watcher_run(void *argument)
{
	struct pool *pool = argument;
	uint64_t expirations;
	struct due due;

	pthread_mutex_lock(&pool->lock);
	while (!pool->stopped) {
		pthread_mutex_unlock(&pool->lock);
		while (read(pool->timer, &expirations, sizeof(expirations)) < 0)
			;
		pthread_mutex_lock(&pool->lock);
		while ((due = due_next(pool)).time <= clock_now()) {
			if (due.worker)
				worker_look(pool, due.worker);
			else
				queue_refuse(pool, due.queue);
		}
		pool->due = UINT64_MAX;
		if (due.time != UINT64_MAX)
			timer_set(pool, due.time);
	}
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

int watcher_start(struct pool *pool)
{
	int error;

	pool->due = UINT64_MAX;
	pool->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	if (pool->timer < 0)
		return -errno;
	error = pthread_create(&pool->watcher, NULL, watcher_run, pool);
	if (error)
		close(pool->timer);
	return -error;
}

void watcher_stop(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->stopped = true;
	timer_set(pool, 1); /* long ago */
	pthread_mutex_unlock(&pool->lock);
	pthread_join(pool->watcher, NULL);
	close(pool->timer);
}

/* Of the worker, who must not move while its watches are told. */
static void worker_move(struct worker *worker)
{
	struct pool *pool = worker->queue->pool;

	while (worker->telling)
		pthread_cond_wait(&pool->told, &pool->lock);
	if (worker->away)
		worker->queue->present++;
	worker->away = worker->overdue = false;
	worker->since = clock_now();
}

void watch_begin(struct watch *watch)
{
	struct worker *worker = current;

	if (!worker)
		return;
	watch->told = false;
	pthread_mutex_lock(&worker->queue->pool->lock);
	worker_move(worker);
	watch->outer = worker->watch;
	worker->watch = watch;
	watcher_notice(worker->queue->pool, worker->since);
	pthread_mutex_unlock(&worker->queue->pool->lock);
}

void watch_renew(void)
{
	struct worker *worker = current;

	if (!worker)
		return;
	pthread_mutex_lock(&worker->queue->pool->lock);
	worker_move(worker);
	pthread_mutex_unlock(&worker->queue->pool->lock);
}

void watch_end(struct watch *watch)
{
	struct worker *worker = current;

	if (!worker)
		return;
	pthread_mutex_lock(&worker->queue->pool->lock);
	worker_move(worker);
	worker->watch = watch->outer;
	pthread_mutex_unlock(&worker->queue->pool->lock);
}
