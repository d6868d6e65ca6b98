// SPDX-License-Identifier: GPL-2.0-only
/* Sources that don't come back in time. */
#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "reading.h"
#include "watch.h"

#define LIMIT 100 /* ms */
#define PAGE  4096
#define WORDS "the kernel did not answer in 0.1 s"

static struct pool *pool;

static struct reader *create(struct fake *fake)
{
	struct reader *reader;

	pool = pool_create();
	pool_set_limit(pool, LIMIT);
	ck_assert_int_eq(reader_create(pool, fake_source(fake), &format_csv, NULL, &reader), 0);
	return reader;
}

/* The source stands still in a bulk worker, after so many batches of a row each. */
static struct reader *start_held(struct fake *fake, unsigned int batches)
{
	struct reader *reader = create(fake);

	fake->most = 1;
	fake->holds = batches + 1;
	reader_resume(reader);
	fake_await(fake, batches + 1);
	return reader;
}

static void check_overdue(struct reader *reader, uint64_t offset, size_t size, const char *words)
{
	struct asked asked = {0};

	ask(reader, &asked, offset, size);
	wait_for(&asked);
	ck_assert_int_eq(asked.error, -ETIMEDOUT);
	ck_assert_str_eq(asked.words.message, words);
}

static void finish(struct fake *fake, struct reader *reader)
{
	fake_hold(fake, false);
	reader_close(reader);
	ck_assert(pool_free(pool));
	ck_assert_int_eq(fake->freed, 1);
}

START_TEST(all_who_wait_are_told)
{
	struct fake fake = {.rows = 10};
	struct asked asked[3] = {0};
	struct reader *reader = start_held(&fake, 0);

	for (int i = 0; i < 3; i++)
		ask(reader, &asked[i], PAGE + (uint64_t)i * 10, 100);
	for (int i = 0; i < 3; i++) {
		wait_for(&asked[i]);
		ck_assert_int_eq(asked[i].error, -ETIMEDOUT);
		ck_assert_str_eq(asked[i].words.message, WORDS);
	}
	check_overdue(reader, PAGE, 100, WORDS); /* and who comes later */
	ck_assert_int_eq(reader_failure(reader), -ETIMEDOUT);
	finish(&fake, reader);
}
END_TEST

/* The rows so far, then the error; never those that come too late. */
static void check_rows(struct reader *reader, uint64_t rows)
{
	struct buffer expected = {0};
	struct asked asked = {0};

	expect_rows(&expected, rows);
	ck_assert_uint_eq(ask_size(reader), PAGE + READER_BEYOND);
	ask(reader, &asked, 0, PAGE);
	wait_for(&asked);
	ck_assert_int_eq(asked.error, 0);
	ck_assert_mem_eq(asked.bytes.data, expected.data, expected.size - 1);
	ck_assert_int_eq(asked.bytes.data[expected.size - 1], ' ');
	buffer_free(&asked.bytes);
	buffer_free(&expected);
	check_overdue(reader, PAGE, 1, WORDS);
}

START_TEST(what_comes_too_late_is_thrown_away)
{
	struct fake fake = {.rows = 10};
	struct reader *reader = start_held(&fake, 3);

	check_rows(reader, 3);
	ck_assert_int_eq(reader_failure(reader), 0);
	fake_hold(&fake, false);
	while (fake.inside)
		sched_yield();
	usleep(LIMIT * 1000);
	check_rows(reader, 3);
	ck_assert_uint_eq(fake.fills, 4);
	finish(&fake, reader);
}
END_TEST

START_TEST(closed_before_it_comes_back)
{
	struct fake fake = {.rows = 10};
	struct reader *reader = start_held(&fake, 3);

	check_rows(reader, 3);
	reader_close(reader);
	ck_assert_int_eq(fake.freed, 0);
	finish(&fake, NULL);
}
END_TEST

START_TEST(closed_before_it_is_overdue)
{
	struct fake fake = {.rows = 10};
	struct reader *reader = start_held(&fake, 0);

	reader_close(reader);
	usleep(LIMIT * 1500);
	finish(&fake, NULL);
}
END_TEST

START_TEST(interrupted_before_it_is_overdue)
{
	struct fake fake = {.rows = 10};
	struct reader *reader = start_held(&fake, 0);
	struct asked asked = {0};

	ask(reader, &asked, 0, 100);
	reader_interrupt(reader, &asked);
	wait_for(&asked);
	ck_assert_int_eq(asked.error, -EINTR);
	check_overdue(reader, PAGE, 100, WORDS);
	finish(&fake, reader);
}
END_TEST

START_TEST(a_long_table_may_take_longer)
{
	struct fake fake = {.rows = 20, .most = 1, .slow = 50};
	struct reader *reader = create(&fake);
	struct buffer expected = {0}, bytes;

	pool_set_limit(pool, 500);
	reader_resume(reader);
	bytes = read_all(reader, 10000);
	expect_rows(&expected, 20);
	ck_assert_uint_eq(bytes.size, expected.size);
	buffer_free(&bytes);
	buffer_free(&expected);
	finish(&fake, reader);
}
END_TEST

/* Work that begins a reader, as the opening of a table does. */
struct starting {
	struct work work;
	struct watch watch;
	struct reader *reader;
	_Atomic int told, error;
	_Atomic bool done;
};

static void starting_overdue(struct watch *watch, struct explanation *words)
{
	struct starting *starting =
		(struct starting *)((char *)watch - offsetof(struct starting, watch));

	ck_assert_str_eq(words->message, WORDS);
	starting->told++;
}

static void starting_run(struct work *work)
{
	struct starting *starting = (struct starting *)work;

	watch_begin(&starting->watch);
	starting->error = reader_start(starting->reader);
	watch_end(&starting->watch);
	starting->done = true;
}

static void start_in_worker(struct starting *starting, struct reader *reader)
{
	*starting = (struct starting){
		.work.run = starting_run, .watch.overdue = starting_overdue, .reader = reader};
	pool_submit(pool, POOL_PROMPT, &starting->work);
}

static void until_done(const struct starting *starting)
{
	while (!starting->done)
		usleep(1000);
}

START_TEST(overdue_at_the_start)
{
	struct fake fake = {.rows = 10, .waits = true};
	struct reader *reader = create(&fake);
	struct starting starting;

	start_in_worker(&starting, reader);
	while (!starting.told)
		usleep(1000);
	ck_assert(!starting.done);
	fake_hold(&fake, false);
	until_done(&starting);
	ck_assert_int_eq(starting.error, -ETIMEDOUT);
	finish(&fake, reader);
	ck_assert_int_eq(starting.told, 1);
}
END_TEST

/* Too long for a prompt worker, and the last batch comes when it is let go. */
START_TEST(a_table_that_has_to_be_whole)
{
	struct fake fake = {.rows = 300000, .whole = true, .holds = 580};
	struct reader *reader = create(&fake);
	struct starting starting;

	pool_set_limit(pool, POOL_LIMIT);
	start_in_worker(&starting, reader);
	until_done(&starting);
	ck_assert_int_eq(starting.error, 0);
	ck_assert(!reader_is_ready(reader));
	reader_resume(reader);
	fake_await(&fake, 580);
	ck_assert(!reader_is_ready(reader));
	fake_hold(&fake, false);
	ask_size(reader);
	ck_assert(reader_is_ready(reader));
	ck_assert_int_eq(reader_failure(reader), 0);
	finish(&fake, reader);
}
END_TEST

START_TEST(a_source_that_says_when_to_go_on)
{
	struct fake fake = {.rows = 10, .pause = 5};
	struct reader *reader = create(&fake);
	struct starting starting;
	struct asked asked = {0};

	start_in_worker(&starting, reader);
	until_done(&starting);
	ask(reader, &asked, 0, 10000);
	ck_assert(!is_answered(&asked));
	fake.source.resume(fake.source.reader);
	wait_for(&asked);
	ck_assert_int_eq(asked.error, 0);
	buffer_free(&asked.bytes);
	finish(&fake, reader);
}
END_TEST

/* Work that keeps a worker. */
struct stay {
	struct work work;
	struct watch watch;
};

static _Atomic bool let_go;

static void stay_overdue(struct watch *watch, struct explanation *words)
{
	(void)watch, (void)words;
}

static void stay_refuse(struct work *work, const struct explanation *words)
{
	(void)work, (void)words;
}

static void stay_run(struct work *work)
{
	struct stay *stay = (struct stay *)work;

	watch_begin(&stay->watch);
	while (!let_go)
		usleep(1000);
	watch_end(&stay->watch);
}

START_TEST(no_worker_is_left)
{
	struct stay stays[POOL_STAND_INS + 8]; /* or fewer; those that are too many are refused */
	struct fake fake = {.rows = 10};
	struct reader *reader = create(&fake);
	struct asked asked = {0};

	for (int i = 0; i < POOL_STAND_INS + 8; i++) {
		stays[i] = (struct stay){.work = {.run = stay_run, .refuse = stay_refuse},
					 .watch.overdue = stay_overdue};
		pool_submit(pool, POOL_BULK, &stays[i].work);
	}
	ask(reader, &asked, 0, 100);
	wait_for(&asked);
	ck_assert_int_eq(asked.error, -ETIMEDOUT);
	ck_assert_str_eq(asked.words.message,
			 "no worker was free for 0.1 s: too many wait for the kernel");
	let_go = true;
	finish(&fake, reader);
	ck_assert_uint_eq(fake.fills, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {all_who_wait_are_told,
				      what_comes_too_late_is_thrown_away,
				      closed_before_it_comes_back,
				      closed_before_it_is_overdue,
				      interrupted_before_it_is_overdue,
				      a_long_table_may_take_longer,
				      overdue_at_the_start,
				      a_table_that_has_to_be_whole,
				      a_source_that_says_when_to_go_on,
				      no_worker_is_left,
				      NULL};

	return run_tests("reader_overdue", tests);
}
