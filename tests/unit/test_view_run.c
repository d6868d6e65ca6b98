// SPDX-License-Identifier: GPL-2.0-only
/* Runs of a view while another of them is slow or overdue. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "reading.h"
#include "view.h"
#include "view_run.h"

#define LIMIT 1000 /* ms */
#define SLOW  110 /* ms, and more than what view_run.c takes for it */

static const struct view_definition tcp = {.waits = WAITS_FOR_SOCKETS};
static const struct view_definition tasks = {.waits = WAITS_FOR_MEMORY};

static const struct view_scope everyone = {.network = -1, .pids = -1};

static struct pool *pool;

static void start(void)
{
	pool = pool_create();
	pool_set_limit(pool, LIMIT);
}

/* Opened, with a reader whose rows bulk workers make. */
static struct reader *open_run(const struct view_definition *view, const struct view_scope *scope,
			       struct fake *fake)
{
	struct source *source = fake_source(fake);
	struct view_run *run;
	struct reader *reader;

	ck_assert_int_eq(view_run_begin(view, scope, &run), 0);
	ck_assert_int_eq(view_run_opened(run, 0, &source), 0);
	ck_assert(source->whole == (view == &tcp));
	ck_assert_int_eq(reader_create(pool, source, &format_csv, NULL, &reader), 0);
	reader_resume(reader);
	return reader;
}

static void check_refused(const struct view_definition *view, const struct view_scope *scope,
			  const char *waits)
{
	struct explanation words;
	struct view_run *run;

	ck_assert_int_eq(view_run_begin(view, scope, &run), -ETIMEDOUT);
	explain_take(&words);
	ck_assert_ptr_nonnull(strstr(words.message, "has not answered another open since 2"));
	ck_assert_ptr_nonnull(strstr(words.message, waits));
	ck_assert_str_eq(words.hint, "threads shows who is in disk_sleep");
}

static void check_opens(const struct view_definition *view, const struct view_scope *scope)
{
	struct fake fake = {.rows = 3};
	struct reader *reader = open_run(view, scope, &fake);

	ask_size(reader);
	ck_assert_int_eq(reader_failure(reader), 0);
	reader_close(reader);
	while (!fake.freed)
		sched_yield();
}

static void check_overdue(struct reader *reader, const char *words)
{
	struct explanation explanation;

	ask_size(reader);
	ck_assert_int_eq(reader_failure(reader), -ETIMEDOUT);
	explain_take(&explanation);
	ck_assert_ptr_nonnull(strstr(explanation.message, words));
}

static void finish(void)
{
	ck_assert(pool_free(pool));
}

START_TEST(refused_while_another_is_overdue)
{
	struct fake stuck = {.rows = 3, .waits = true};
	struct reader *reader;

	start();
	reader = open_run(&tcp, &everyone, &stuck);
	check_overdue(reader, "the kernel did not answer in 1 s: a process holds a socket's lock");
	check_refused(&tcp, &everyone, "a process holds a socket's lock");
	check_refused(&tcp, &everyone, "a process holds a socket's lock");
	check_opens(&tasks, &everyone);
	reader_close(reader);
	check_refused(&tcp, &everyone, "a process holds a socket's lock");
	fake_hold(&stuck, false);
	while (!stuck.freed)
		sched_yield();
	check_opens(&tcp, &everyone);
	finish();
}
END_TEST

START_TEST(other_scopes_are_not_refused)
{
	const struct view_scope own = {.network = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC),
				       .pids = -1};
	const struct view_scope other_pids = {.network = own.network, .pids = own.network};
	const struct view_scope pids = {.network = -1, .pids = own.network};
	const struct view_scope process = {.network = -1, .pids = -1, .process = 4};
	const struct view_scope another = {.network = -1, .pids = -1, .process = 5};
	struct fake network = {.rows = 3, .waits = true}, one = {.rows = 3, .waits = true};
	struct reader *readers[2];

	start();
	readers[0] = open_run(&tcp, &own, &network);
	readers[1] = open_run(&tasks, &process, &one);
	check_overdue(readers[0], "socket");
	check_overdue(readers[1], "a process holds the lock of its memory");
	check_refused(&tcp, &own, "socket");
	check_refused(&tcp, &other_pids, "socket");
	check_refused(&tasks, &process, "memory");
	check_opens(&tcp, &everyone);
	check_opens(&tasks, &everyone);
	check_opens(&tasks, &another);
	check_opens(&tasks, &pids);
	fake_hold(&network, false);
	fake_hold(&one, false);
	reader_close(readers[0]);
	reader_close(readers[1]);
	finish();
	close(own.network);
}
END_TEST

/* They don't go after it, and cost no worker. */
START_TEST(others_pause_behind_a_slow_one)
{
	struct fake slow = {.rows = 3, .waits = true}, fakes[30];
	struct reader *reader, *readers[30];

	start();
	pool_set_limit(pool, POOL_LIMIT);
	reader = open_run(&tasks, &everyone, &slow);
	fake_await(&slow, 1);
	usleep(SLOW * 1000);
	for (int i = 0; i < 30; i++) {
		fakes[i] = (struct fake){.rows = 3};
		readers[i] = open_run(&tasks, &everyone, &fakes[i]);
	}
	reader_close(readers[7]);
	check_opens(&tcp, &everyone);
	for (int i = 0; i < 30; i++)
		ck_assert_uint_eq(fakes[i].fills, 0);
	fake_hold(&slow, false);
	for (int i = 0; i < 30; i++) {
		if (i == 7)
			continue;
		ask_size(readers[i]);
		ck_assert_int_eq(reader_failure(readers[i]), 0);
		reader_close(readers[i]);
	}
	reader_close(reader);
	finish();
	for (int i = 0; i < 30; i++)
		ck_assert_int_eq(fakes[i].freed, 1);
}
END_TEST

START_TEST(and_fail_when_it_is_overdue)
{
	struct fake slow = {.rows = 3, .waits = true}, fakes[30];
	struct reader *reader, *readers[30];

	start();
	reader = open_run(&tasks, &everyone, &slow);
	fake_await(&slow, 1);
	usleep(SLOW * 1000);
	for (int i = 0; i < 30; i++) {
		fakes[i] = (struct fake){.rows = 3};
		readers[i] = open_run(&tasks, &everyone, &fakes[i]);
	}
	for (int i = 0; i < 30; i++) {
		check_overdue(readers[i], "has not answered another open since");
		ck_assert_uint_eq(fakes[i].fills, 0);
		reader_close(readers[i]);
	}
	fake_hold(&slow, false);
	reader_close(reader);
	finish();
}
END_TEST

START_TEST(one_that_did_not_open)
{
	struct source *source = NULL;
	struct view_run *run;

	start();
	ck_assert_int_eq(view_run_begin(&tcp, &everyone, &run), 0);
	ck_assert_int_eq(view_run_opened(run, -ENOENT, &source), -ENOENT);
	check_opens(&tcp, &everyone);
	finish();
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {refused_while_another_is_overdue,
				      other_scopes_are_not_refused,
				      others_pause_behind_a_slow_one,
				      and_fail_when_it_is_overdue,
				      one_that_did_not_open,
				      NULL};

	return run_tests("view_run", tests);
}
