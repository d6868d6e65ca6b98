// SPDX-License-Identifier: GPL-2.0-only
/* Tables that fail, and readers that wait, are interrupted and closed. */
#include <errno.h>
#include <sched.h>
#include <stdio.h>

#include "reading.h"

#define PAGE 4096

static struct pool *pool;

static struct reader *create(struct fake *fake)
{
	struct reader *reader;

	ck_assert_int_eq(reader_create(pool, fake_source(fake), &format_csv, NULL, &reader), 0);
	return reader;
}

static struct reader *start(struct fake *fake)
{
	struct reader *reader = create(fake);

	ck_assert_int_eq(reader_start(reader), 0);
	return reader;
}

static void check_error(struct reader *reader, uint64_t offset, size_t size, int error,
			const char *words)
{
	struct asked asked = {0};

	ask(reader, &asked, offset, size);
	wait_for(&asked);
	ck_assert_int_eq(asked.error, error);
	ck_assert_str_eq(asked.words.message, words);
	ck_assert_str_eq(asked.words.hint, "do this");
}

/* The rows so far, blanks to the end of the page, then the error; never a short table. */
static void check_broken(uint64_t rows)
{
	struct fake fake = {.rows = rows, .error = -ENOENT};
	struct reader *reader = start(&fake);
	uint64_t size = ask_size(reader) - READER_BEYOND;
	struct buffer expected = {0};
	struct asked asked = {0};
	char words[64];

	expect_rows(&expected, rows);
	ck_assert_uint_eq(size % PAGE, 0);
	ck_assert_uint_lt(size - expected.size, PAGE);
	ask(reader, &asked, 0, size);
	wait_for(&asked);
	ck_assert_uint_eq(asked.bytes.size, size);
	ck_assert_mem_eq(asked.bytes.data, expected.data, expected.size - 1);
	for (size_t i = expected.size - 1; i < size - 1; i++)
		ck_assert_int_eq(asked.bytes.data[i], ' ');
	ck_assert_int_eq(asked.bytes.data[size - 1], '\n');
	snprintf(words, sizeof(words), "it broke after %d rows", (int)rows);
	check_error(reader, size, 1, -ENOENT, words);
	check_error(reader, size - 1, 2, -ENOENT, words);
	check_error(reader, size + 10 * PAGE, PAGE, -ENOENT, words);
	reader_close(reader);
	ck_assert_int_eq(fake.freed, 1);
	buffer_free(&expected);
	buffer_free(&asked.bytes);
}

START_TEST(error_after_rows)
{
	pool = pool_create();
	check_broken(1);
	check_broken(511);
	check_broken(512);
	check_broken(30000);
	check_broken(100000);
	ck_assert(pool_free(pool));
}
END_TEST

/* Whatever is left of the page, none too. */
START_TEST(error_at_any_place_of_a_page)
{
	pool = pool_create();
	for (uint64_t rows = 300; rows < 360; rows++)
		check_broken(rows);
	ck_assert(pool_free(pool));
}
END_TEST

START_TEST(error_before_any_row)
{
	struct fake fake = {.error = -EBUSY};
	struct explanation words;
	struct reader *reader = create(&fake);

	ck_assert_int_eq(reader_start(reader), -EBUSY);
	explain_take(&words);
	ck_assert_str_eq(words.message, "it broke after 0 rows");
	ck_assert_str_eq(words.hint, "do this");
	reader_close(reader);
	ck_assert_int_eq(fake.freed, 1);
}
END_TEST

START_TEST(records_that_are_cut)
{
	struct fake fake = {.rows = 100000, .cut = true};
	struct reader *reader;
	struct asked asked = {0};

	pool = pool_create();
	reader = start(&fake);
	ask(reader, &asked, 1 << 24, 1);
	wait_for(&asked);
	ck_assert_int_eq(asked.error, -EBADMSG);
	ck_assert_uint_eq(ask_size(reader) % PAGE, 0);
	reader_close(reader);
	ck_assert(pool_free(pool));
	ck_assert_int_eq(fake.freed, 1);
}
END_TEST

/* A reader whose source stands still in a worker, before any row. */
static struct reader *start_held(struct fake *fake)
{
	struct reader *reader = create(fake);

	fake_hold(fake, true);
	reader_resume(reader);
	fake_await(fake, 1);
	return reader;
}

START_TEST(waits_are_interrupted_by_their_key)
{
	struct fake fake = {.rows = 1000};
	struct asked asked[3] = {0}, size = {.wait = {.key = &size, .done = asked_done}};
	struct reader *reader;

	pool = pool_create();
	reader = start_held(&fake);
	for (int i = 0; i < 3; i++)
		ask(reader, &asked[i], 0, 100);
	reader_size(reader, &size.wait);
	reader_interrupt(reader, &fake); /* nobody */
	for (int i = 0; i < 3; i++)
		ck_assert(!is_answered(&asked[i]));
	reader_interrupt(reader, &size);
	wait_for(&size);
	ck_assert_int_eq(size.error, -EINTR);
	reader_interrupt(reader, &asked[2]); /* the last: others may queue behind those before it */
	wait_for(&asked[2]);
	reader_interrupt(reader, &asked[1]);
	wait_for(&asked[1]);
	ck_assert_int_eq(asked[1].error, -EINTR);
	ck_assert_int_eq(asked[2].error, -EINTR);
	ck_assert(!is_answered(&asked[0]));
	asked[1] = (struct asked){0};
	ask(reader, &asked[1], 10, 100);
	fake_hold(&fake, false);
	wait_for(&asked[0]);
	wait_for(&asked[1]);
	ck_assert_int_eq(asked[0].error, 0);
	ck_assert_uint_eq(asked[0].bytes.size, 100);
	ck_assert_mem_eq(asked[1].bytes.data, asked[0].bytes.data + 10, 90);
	reader_interrupt(reader, &asked[0]); /* answered already */
	ck_assert_int_eq(asked[0].answers, 1);
	reader_close(reader);
	ck_assert(pool_free(pool));
	buffer_free(&asked[0].bytes);
	buffer_free(&asked[1].bytes);
}
END_TEST

START_TEST(closing_answers_those_that_wait)
{
	struct fake fake = {.rows = 100000};
	struct asked asked[5] = {0};
	struct reader *reader;

	pool = pool_create();
	reader = start_held(&fake);
	for (int i = 0; i < 5; i++)
		ask(reader, &asked[i], (uint64_t)i * 1000, 1000);
	reader_close(reader);
	for (int i = 0; i < 5; i++) {
		wait_for(&asked[i]);
		ck_assert_int_eq(asked[i].error, -EINTR);
	}
	ck_assert_int_eq(fake.freed, 0); /* the fill under way needs it */
	fake_hold(&fake, false);
	ck_assert(pool_free(pool));
	ck_assert_int_eq(fake.freed, 1);
	ck_assert_uint_eq(fake.fills, 1);
}
END_TEST

START_TEST(closing_at_any_time)
{
	pool = pool_create();
	for (uint64_t i = 0; i < 20; i++) {
		struct fake *fake = calloc(1, sizeof(*fake));
		struct asked asked = {0};
		struct reader *reader;

		fake->rows = 1000000;
		reader = start(fake);
		ask(reader, &asked, i * 79190 % 3000000, 1000);
		if (i % 3)
			wait_for(&asked);
		reader_close(reader);
		wait_for(&asked);
		buffer_free(&asked.bytes);
		while (!fake->freed)
			sched_yield();
		free(fake);
	}
	ck_assert(pool_free(pool));
	reader_close(NULL);
}
END_TEST

/* Of two reads, one into the end and one beyond it. */
START_TEST(answers_come_in_the_order_of_asking)
{
	struct fake fake = {.rows = 10};
	struct asked asked[4] = {0};
	struct reader *reader;

	pool = pool_create();
	reader = start_held(&fake);
	for (int i = 0; i < 4; i++)
		ask(reader, &asked[i], (uint64_t)i * PAGE, PAGE);
	fake_hold(&fake, false);
	for (int i = 0; i < 4; i++)
		wait_for(&asked[i]);
	for (int i = 0; i < 3; i++)
		ck_assert_uint_lt(asked[i].turn, asked[i + 1].turn);
	reader_close(reader);
	ck_assert(pool_free(pool));
	buffer_free(&asked[0].bytes);
}
END_TEST

START_TEST(a_source_that_pauses)
{
	struct fake fake = {.rows = 5000, .pause = 3000};
	struct asked before = {0}, after = {0};
	struct buffer expected = {0};
	struct reader *reader;

	pool = pool_create();
	reader = create(&fake);
	expect_rows(&expected, 5000);
	reader_resume(reader);
	ask(reader, &before, 0, 3000);
	wait_for(&before);
	ask(reader, &after, 0, expected.size);
	while (fake.pause)
		sched_yield();
	reader_resume(reader);
	wait_for(&after);
	ck_assert_uint_eq(ask_size(reader), expected.size);
	ck_assert_uint_eq(after.bytes.size, expected.size);
	ck_assert_mem_eq(after.bytes.data, expected.data, expected.size);
	reader_close(reader);
	ck_assert(pool_free(pool));
	buffer_free(&before.bytes);
	buffer_free(&after.bytes);
	buffer_free(&expected);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {error_after_rows,
				      error_at_any_place_of_a_page,
				      error_before_any_row,
				      records_that_are_cut,
				      waits_are_interrupted_by_their_key,
				      closing_answers_those_that_wait,
				      closing_at_any_time,
				      answers_come_in_the_order_of_asking,
				      a_source_that_pauses,
				      NULL};

	return run_tests("reader_ends", tests);
}
