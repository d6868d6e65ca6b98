// SPDX-License-Identifier: GPL-2.0-only
/* Work that doesn't come back in time, and what stands in for it. */
#include <dirent.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "pool.h"
#include "tables.h"
#include "watch.h"

#define LIMIT  500 /* ms */
#define NORMAL 4 /* prompt workers */

static struct pool *pool;
static _Atomic bool let_go;
static _Atomic int told, refused, ran;
static char words_told[256];

static void start(unsigned int limit)
{
	pool = pool_create();
	pool_set_limit(pool, limit);
}

static unsigned int threads(void)
{
	DIR *tasks = opendir("/proc/self/task");
	unsigned int count = 0;

	while (readdir(tasks))
		count++;
	closedir(tasks);
	return count - 2;
}

/* How often the pool's threads have gone to sleep. */
static unsigned long sleeps(void)
{
	DIR *tasks = opendir("/proc/self/task");
	struct dirent *task;
	unsigned long count, all = 0;
	char path[300], line[128];
	FILE *status;

	while ((task = readdir(tasks))) {
		if (task->d_name[0] == '.' || atoi(task->d_name) == getpid())
			continue;
		snprintf(path, sizeof(path), "/proc/self/task/%s/status", task->d_name);
		status = fopen(path, "re");
		while (fgets(line, sizeof(line), status))
			if (sscanf(line, "voluntary_ctxt_switches: %lu", &count) == 1)
				all += count;
		fclose(status);
	}
	closedir(tasks);
	return all;
}

static void overdue(struct watch *watch, struct explanation *words)
{
	ck_assert(!watch->told);
	snprintf(words_told, sizeof(words_told), "%s", words->message);
	told++;
}

static void until_let_go(void)
{
	while (!let_go)
		usleep(1000);
}

static void stay_run(struct work *work)
{
	struct watch watch = {.overdue = overdue};

	(void)work;
	watch_begin(&watch);
	until_let_go();
	watch_end(&watch);
	ran++;
}

static void short_run(struct work *work)
{
	(void)work;
	ran++;
}

static void refuse(struct work *work, const struct explanation *words)
{
	(void)work;
	ck_assert_str_eq(words->message,
			 "no worker was free for 0.5 s: too many wait for the kernel");
	refused++;
}

/* As many as that, each of which stays in a worker until it is let go. */
static void submit_stays(struct work *works, int count)
{
	for (int i = 0; i < count; i++) {
		works[i] = (struct work){.run = stay_run};
		pool_submit(pool, POOL_PROMPT, &works[i]);
	}
}

static void run_short(void)
{
	struct work work = {.run = short_run};
	int before = ran;

	pool_submit(pool, POOL_PROMPT, &work);
	while (ran == before)
		sched_yield();
}

START_TEST(others_go_on_before_it_is_overdue)
{
	struct work stays[NORMAL];
	unsigned int normal;

	start(LIMIT);
	normal = threads();
	submit_stays(stays, NORMAL);
	run_short();
	ck_assert_int_eq(told, 0);
	while (told < NORMAL)
		usleep(1000);
	ck_assert_str_eq(words_told, "the kernel did not answer in 0.5 s");
	ck_assert_uint_eq(threads(), normal + NORMAL);
	let_go = true;
	while (threads() != normal)
		usleep(1000);
	usleep(LIMIT * 1500);
	ck_assert_int_eq(told, NORMAL); /* once */
	run_short();
	ck_assert(pool_free(pool));
	ck_assert_int_eq(ran, NORMAL + 2);
}
END_TEST

/* And beyond that what is queued is answered too. */
START_TEST(as_many_stand_ins_as_may_be)
{
	struct work stays[NORMAL + POOL_STAND_INS], more[3];
	unsigned int normal;

	start(LIMIT);
	normal = threads();
	submit_stays(stays, NORMAL + POOL_STAND_INS);
	while (told < NORMAL + POOL_STAND_INS)
		usleep(1000);
	for (int i = 0; i < 3; i++) {
		more[i] = (struct work){.run = short_run, .refuse = refuse};
		pool_submit(pool, POOL_PROMPT, &more[i]);
	}
	ck_assert_uint_eq(threads(), normal + POOL_STAND_INS);
	while (refused < 3)
		usleep(1000);
	ck_assert_int_eq(ran, 0);
	let_go = true;
	while (threads() != normal)
		usleep(1000);
	ck_assert_int_eq(ran, NORMAL + POOL_STAND_INS);
	run_short();
	ck_assert(pool_free(pool));
}
END_TEST

START_TEST(the_other_class_goes_on)
{
	struct work stays[NORMAL + POOL_STAND_INS], work = {.run = short_run, .refuse = refuse};

	start(LIMIT);
	submit_stays(stays, NORMAL + POOL_STAND_INS);
	while (told < NORMAL + POOL_STAND_INS)
		usleep(1000);
	pool_submit(pool, POOL_BULK, &work);
	while (!ran)
		sched_yield();
	let_go = true;
	ck_assert(pool_free(pool));
	ck_assert_int_eq(refused, 0);
}
END_TEST

static void pieces_run(struct work *work)
{
	struct watch watch = {.overdue = overdue}, inner = {.overdue = overdue};

	(void)work;
	watch_begin(&watch);
	for (int i = 0; i < 12; i++) {
		watch_begin(&inner);
		usleep(LIMIT * 1000 / 8);
		watch_end(&inner);
	}
	watch_end(&watch);
	ran++;
}

START_TEST(it_is_the_single_piece_that_counts)
{
	struct work work = {.run = pieces_run};

	start(LIMIT);
	pool_submit(pool, POOL_BULK, &work);
	while (!ran)
		usleep(1000);
	ck_assert_int_eq(told, 0);
	ck_assert(pool_free(pool));
}
END_TEST

static void inner_overdue(struct watch *watch, struct explanation *words)
{
	(void)watch;
	ck_assert_int_eq(told, 0);
	snprintf(words->message, sizeof(words->message), "from within");
}

static void nested_run(struct work *work)
{
	struct watch outer = {.overdue = overdue}, inner = {.overdue = inner_overdue};

	(void)work;
	watch_begin(&outer);
	watch_begin(&inner);
	while (!told)
		usleep(1000);
	watch_end(&inner);
	usleep(LIMIT * 1500); /* and again, when all there are have been told */
	watch_end(&outer);
	ran++;
}

START_TEST(inner_watches_are_told_first)
{
	struct work work = {.run = nested_run};

	start(LIMIT);
	pool_submit(pool, POOL_PROMPT, &work);
	while (!ran)
		usleep(1000);
	ck_assert_str_eq(words_told, "from within");
	ck_assert_int_eq(told, 1);
	ck_assert(pool_free(pool));
}
END_TEST

/* An object may be freed once its watch has ended. */
static void slow_overdue(struct watch *watch, struct explanation *words)
{
	(void)words;
	let_go = true;
	usleep(LIMIT * 100);
	watch->outer = NULL;
	told++;
}

static void freeing_run(struct work *work)
{
	struct watch *watch = calloc(1, sizeof(*watch));

	(void)work;
	watch->overdue = slow_overdue;
	watch_begin(watch);
	until_let_go();
	watch_end(watch);
	ck_assert_int_eq(told, 1);
	free(watch);
}

START_TEST(it_ends_after_it_was_told)
{
	struct work work = {.run = freeing_run};

	start(LIMIT);
	pool_submit(pool, POOL_PROMPT, &work);
	ck_assert(pool_free(pool));
	ck_assert_int_eq(told, 1);
}
END_TEST

START_TEST(nothing_wakes_up_for_nothing)
{
	unsigned long before;

	start(LIMIT);
	for (int i = 0; i < 10; i++)
		run_short();
	usleep(LIMIT * 1000);
	before = sleeps();
	usleep(LIMIT * 3000);
	ck_assert_uint_eq(sleeps(), before);
	run_short();
	ck_assert(pool_free(pool));
}
END_TEST

START_TEST(other_threads_are_not_watched)
{
	struct watch watch = {.overdue = overdue};

	start(1);
	watch_begin(&watch);
	usleep(20000);
	watch_end(&watch);
	ck_assert(pool_free(pool));
	ck_assert_int_eq(told, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {others_go_on_before_it_is_overdue,
				      as_many_stand_ins_as_may_be,
				      the_other_class_goes_on,
				      it_is_the_single_piece_that_counts,
				      inner_watches_are_told_first,
				      it_ends_after_it_was_told,
				      nothing_wakes_up_for_nothing,
				      other_threads_are_not_watched,
				      NULL};

	return run_tests("pool_watch", tests);
}
