// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>

#include "reading.h"

static struct pool *pool;

/* A reader of a fake source's rows as CSV, begun. */
static struct reader *start(struct fake *fake)
{
	struct reader *reader;

	ck_assert_int_eq(reader_create(pool, fake_source(fake), &format_csv, NULL, &reader), 0);
	ck_assert_int_eq(reader_start(reader), 0);
	return reader;
}

static void check_whole(struct reader *reader, uint64_t rows)
{
	struct buffer expected = {0};
	struct buffer bytes = read_all(reader, 100000);

	expect_rows(&expected, rows);
	ck_assert_uint_eq(bytes.size, expected.size);
	ck_assert_mem_eq(bytes.data, expected.data, bytes.size);
	ck_assert_uint_eq(ask_size(reader), bytes.size);
	buffer_free(&bytes);
	buffer_free(&expected);
}

static void check_table(struct fake *fake)
{
	struct reader *reader = start(fake);

	check_whole(reader, fake->rows);
	check_whole(reader, fake->rows);
	reader_close(reader);
}

START_TEST(no_rows)
{
	struct fake fake = {0};

	pool = pool_create();
	check_table(&fake);
	ck_assert(pool_free(pool));
	ck_assert_int_eq(fake.freed, 1);
}
END_TEST

START_TEST(short_table_is_whole_at_the_start)
{
	struct fake fake = {.rows = 10};
	struct usage usage = {0};
	struct reader *reader;

	ck_assert_int_eq(reader_create(NULL, fake_source(&fake), &format_csv, &usage, &reader), 0);
	ck_assert_int_eq(reader_start(reader), 0); /* and no pool is asked */
	check_whole(reader, 10);
	ck_assert_uint_eq(usage.rows, 10);
	ck_assert_uint_eq(usage.bytes, ask_size(reader));
	reader_close(reader);
	ck_assert_int_eq(fake.freed, 1);
}
END_TEST

START_TEST(batches)
{
	static const uint64_t sizes[] = {1, 2, 3, 500, 510, 511, 512, 513, 1024, 100000};
	enum {
		SIZES = sizeof(sizes) / sizeof(sizes[0])
	};
	/* A worker may hold a reader that is closed, until the pool ends. */
	struct fake fakes[SIZES], singles[SIZES];

	pool = pool_create();
	for (size_t i = 0; i < SIZES; i++) {
		fakes[i] = (struct fake){.rows = sizes[i]};
		singles[i] = (struct fake){.rows = sizes[i] / 3, .most = 1};
		check_table(&fakes[i]);
		check_table(&singles[i]);
	}
	ck_assert(pool_free(pool));
}
END_TEST

START_TEST(rows_larger_than_a_batch)
{
	struct fake fake = {.rows = 9, .batch = SOURCE_BATCH * 4, .most = 2};

	pool = pool_create();
	check_table(&fake);
	ck_assert(pool_free(pool));
	ck_assert_uint_eq(fake.room, SOURCE_BATCH * 4);
}
END_TEST

START_TEST(reads_anywhere)
{
	struct fake fake = {.rows = 100000};
	struct buffer expected = {0};
	struct reader *reader;

	pool = pool_create();
	reader = start(&fake);
	expect_rows(&expected, fake.rows);
	for (int i = 0; i < 500; i++) {
		uint64_t offset = (uint64_t)rand() % (expected.size + 5000);
		size_t size = (size_t)rand() % 200000, left, got;
		struct asked asked = {0};

		ask(reader, &asked, offset, size);
		wait_for(&asked);
		left = offset < expected.size ? expected.size - offset : 0;
		got = size < left ? size : left;
		ck_assert_int_eq(asked.error, 0);
		ck_assert_uint_eq(asked.bytes.size, got);
		ck_assert(!got || !memcmp(asked.bytes.data, expected.data + offset, got));
		buffer_free(&asked.bytes);
	}
	reader_close(reader);
	ck_assert(pool_free(pool));
	buffer_free(&expected);
}
END_TEST

START_TEST(no_further_ahead_than_is_wanted)
{
	struct fake fake = {.rows = 1 << 24};
	struct reader *reader;
	struct asked asked = {0};
	uint64_t most;

	pool = pool_create();
	reader = start(&fake);
	ask(reader, &asked, 0, 100);
	wait_for(&asked);
	buffer_free(&asked.bytes);
	ck_assert(pool_free(pool)); /* when there is nothing to do any more */
	most = READER_AHEAD / ROW_LEAST + 8 * SOURCE_BATCH / sizeof(struct row);
	ck_assert_uint_lt(fake.given, most);
	ck_assert_uint_gt(fake.given, READER_AHEAD / ROW_MOST);
	reader_close(reader);
	ck_assert_int_eq(fake.freed, 1);
}
END_TEST

START_TEST(many_readers)
{
	struct fake fakes[24];
	struct reader *readers[24];

	pool = pool_create();
	for (unsigned int i = 0; i < 24; i++) {
		fakes[i] = (struct fake){.rows = 1 + 5000 * (i % 12)};
		readers[i] = start(&fakes[i]);
	}
	for (unsigned int i = 0; i < 24; i++)
		check_whole(readers[i], fakes[i].rows);
	for (unsigned int i = 0; i < 24; i++)
		reader_close(readers[i]);
	ck_assert(pool_free(pool));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {no_rows,	      short_table_is_whole_at_the_start,
				      batches,	      rows_larger_than_a_batch,
				      reads_anywhere, no_further_ahead_than_is_wanted,
				      many_readers,   NULL};

	return run_tests("reader", tests);
}
