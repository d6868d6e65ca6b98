// SPDX-License-Identifier: GPL-2.0-only
#include "view_run.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/stat.h>
#include <time.h>

#include "clock.h"
#include "explain.h"
#include "source.h"
#include "view.h"
#include "watch.h"

#define SLOW 0.1 /* seconds in the kernel: a batch takes a hundredth of it */

struct view_run {
	struct source source;
	struct source *inner;
	struct watch watch;
	const struct view_definition *view;
	ino_t namespace; /* whose objects are iterated; 0 for the daemon's */
	pid_t process;
	LIST_ENTRY(view_run) link; /* while it is inside or paused */
	uint64_t since; /* of clock_now() */
	bool inside, paused, overdue;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* before that of any reader */
static LIST_HEAD(, view_run) runs = LIST_HEAD_INITIALIZER(runs);

static const char *const waits[] = {
	[WAITS_NOT] = "it waits for a lock",
	[WAITS_FOR_MEMORY] = "a process holds the lock of its memory, or waits for a page of it",
	[WAITS_FOR_SOCKETS] = "a process holds a socket's lock, perhaps while it waits for a page",
};

#define HINT "threads shows who is in disk_sleep"

static bool is_alike(const struct view_run *run, const struct view_run *other)
{
	return run != other && run->view == other->view && run->namespace == other->namespace &&
	       run->process == other->process;
}

static double seconds_inside(const struct view_run *run)
{
	return (double)(clock_now() - run->since) / 1e9;
}

static int overdue_explain(const struct view_run *run)
{
	const double seconds = seconds_inside(run);
	const time_t since = time(NULL) - (time_t)seconds;
	struct tm date;
	char text[32];

	strftime(text, sizeof(text), "%FT%TZ", gmtime_r(&since, &date));
	return explain(-ETIMEDOUT, HINT, "the kernel has not answered another open since %s: %s",
		       text, waits[run->view->waits]);
}

/* Those that can't be told when to go on don't pause: the opening of an iterator is no long wait.
 */
static int run_admit(struct view_run *run)
{
	const struct view_run *other;
	bool slow = false;

	LIST_FOREACH(other, &runs, link)
	{
		if (!other->inside || !is_alike(run, other))
			continue;
		if (other->overdue)
			return overdue_explain(other);
		slow = slow || seconds_inside(other) > SLOW;
	}
	LIST_INSERT_HEAD(&runs, run, link);
	run->paused = slow && run->source.resume;
	run->inside = !run->paused;
	run->since = clock_now();
	return run->paused ? -EAGAIN : 0;
}

static int run_enter(struct view_run *run)
{
	int error;

	pthread_mutex_lock(&lock);
	error = run_admit(run);
	pthread_mutex_unlock(&lock);
	if (!error)
		watch_begin(&run->watch);
	return error;
}

static void resume_alike(const struct view_run *run)
{
	struct view_run *other, *next;

	for (other = LIST_FIRST(&runs); other; other = next) {
		next = LIST_NEXT(other, link);
		if (!other->paused || !is_alike(run, other))
			continue;
		LIST_REMOVE(other, link);
		other->paused = false;
		other->source.resume(other->source.reader);
	}
}

static void run_leave(struct view_run *run)
{
	watch_end(&run->watch);
	pthread_mutex_lock(&lock);
	LIST_REMOVE(run, link);
	run->inside = run->overdue = false;
	resume_alike(run);
	pthread_mutex_unlock(&lock);
}

static void run_overdue(struct watch *watch, struct explanation *words)
{
	struct view_run *run =
		(struct view_run *)((char *)watch - offsetof(struct view_run, watch));
	size_t length = strlen(words->message);

	if (!words->hint[0]) { /* the innermost knows best */
		snprintf(words->message + length, sizeof(words->message) - length, ": %s",
			 waits[run->view->waits]);
		snprintf(words->hint, sizeof(words->hint), HINT);
	}
	pthread_mutex_lock(&lock);
	run->overdue = true;
	resume_alike(run);
	pthread_mutex_unlock(&lock);
}

static ssize_t run_fill(struct source *source, void *records, size_t size)
{
	struct view_run *run = (struct view_run *)source;
	ssize_t filled = run_enter(run);

	if (filled)
		return filled;
	filled = source_fill(run->inner, records, size);
	run_leave(run);
	return filled;
}

static void run_free(struct source *source)
{
	struct view_run *run = (struct view_run *)source;

	pthread_mutex_lock(&lock);
	if (run->paused)
		LIST_REMOVE(run, link);
	pthread_mutex_unlock(&lock);
	source_free(run->inner);
	free(run);
}

static const struct source_operations run_operations = {
	.fill = run_fill,
	.free = run_free,
};

/* Of sockets and routes: the pid namespace says only how their owners are shown. */
static ino_t scope_inode(const struct view_scope *scope)
{
	struct stat attributes;
	int namespace = scope->network >= 0 ? scope->network : scope->pids;

	return namespace >= 0 && !fstat(namespace, &attributes) ? attributes.st_ino : 0;
}

int view_run_begin(const struct view_definition *view, const struct view_scope *scope,
		   struct view_run **out)
{
	struct view_run *run = calloc(1, sizeof(*run));
	int error;

	if (!run)
		return -ENOMEM;
	run->source.operations = &run_operations;
	run->watch.overdue = run_overdue;
	run->view = view;
	run->namespace = scope_inode(scope);
	run->process = scope->process;
	error = run_enter(run);
	if (error)
		free(run);
	else
		*out = run;
	return error;
}

int view_run_opened(struct view_run *run, int error, struct source **source)
{
	run_leave(run);
	if (error) {
		free(run);
		return error;
	}
	run->inner = *source;
	run->source.schema = run->inner->schema;
	run->source.batch = run->inner->batch;
	run->source.whole = run->view->waits == WAITS_FOR_SOCKETS;
	*source = &run->source;
	return 0;
}
