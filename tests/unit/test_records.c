// SPDX-License-Identifier: GPL-2.0-only
/* The tables that the daemon holds itself: their records, and the failures. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "failures.h"
#include "records.h"
#include "source.h"
#include "tables.h"

struct row {
	uint32_t number, more;
};

static struct column row_columns[] = {
	{.name = "number", .kind = &kind_unsigned, .offset = 0, .size = 4},
	{.name = "more", .kind = &kind_unsigned, .offset = 4, .size = 4},
};

static const struct schema row_schema = {
	.columns = row_columns,
	.count = 2,
	.row_size = sizeof(struct row),
};

/* All that a source gives, by fills of so many bytes. */
static struct buffer fill_all(struct source *source, size_t size)
{
	struct buffer all = {0};
	char *records = malloc(size);
	ssize_t got;

	while ((got = source_fill(source, records, size)) > 0) {
		ck_assert_int_le(got, (ssize_t)size);
		ck_assert_int_eq(got % (ssize_t)source->schema->row_size, 0);
		buffer_put(&all, records, (size_t)got);
	}
	ck_assert_int_eq(got, 0);
	ck_assert_int_eq(source_fill(source, records, size), 0);
	free(records);
	return all;
}

static void check_records(size_t count, size_t size)
{
	struct row *rows = calloc(count + 1, sizeof(*rows));
	struct source *source;
	struct buffer all;

	for (size_t i = 0; i < count; i++)
		rows[i] = (struct row){(uint32_t)i, (uint32_t)(i * 3)};
	ck_assert_int_eq(records_source(&row_schema, rows, count, &source), 0);
	all = fill_all(source, size);
	ck_assert_uint_eq(all.size, count * sizeof(*rows));
	ck_assert(!count || !memcmp(all.data, rows, all.size));
	buffer_free(&all);
	source_free(source);
}

START_TEST(records)
{
	check_records(0, 100);
	check_records(1, 8);
	check_records(1, 15);
	check_records(100, 23);
	check_records(100, 800);
	check_records(100000, SOURCE_BATCH);
}
END_TEST

START_TEST(no_rows_at_all)
{
	struct source *source;

	ck_assert_int_eq(records_source(&row_schema, NULL, 0, &source), 0);
	ck_assert_int_eq(source_fill(source, NULL, 0), 0);
	source_free(source);
}
END_TEST

static struct column text_columns[] = {
	{.name = "number", .kind = &kind_unsigned, .offset = 0, .size = 4},
	{.name = "list", .kind = &kind_numbers},
};

static const struct schema text_schema = {
	.columns = text_columns,
	.count = 2,
	.row_size = 4,
	.texts = 1,
};

/* A record whose list has so many numbers, in chunks of at most 8000. */
static void put_record(struct buffer *out, uint32_t count)
{
	uint32_t number = 0;

	buffer_put(out, &count, sizeof(count));
	do {
		uint32_t some = count - number > 8000 ? 8000 : count - number;
		uint16_t head = (uint16_t)(some * 4 | (count - number > some ? 0x8000 : 0));

		buffer_put(out, &head, sizeof(head));
		for (; some; some--, number++)
			buffer_put(out, &number, sizeof(number));
	} while (number < count);
}

static struct source *texts_source(const uint32_t *counts, size_t count, struct buffer *copy)
{
	struct buffer all = {0};
	struct source *source;

	for (size_t i = 0; i < count; i++)
		put_record(&all, counts[i]);
	buffer_put(copy, all.data, all.size);
	ck_assert_int_eq(records_source_texts(&text_schema, all.data, all.size, &source), 0);
	return source;
}

START_TEST(records_with_texts)
{
	const uint32_t counts[] = {0, 3, 1, 20000, 0, 7};
	const ssize_t fills[] = {34, 80010, 40, 0};
	char *batch = malloc(100000);
	struct buffer copy = {0};
	struct source *source = texts_source(counts, 6, &copy);
	size_t at = 0;

	ck_assert_uint_eq(source_batch(source), 4 + 3 * 2 + 20000 * 4);
	for (int i = 0; i < 4; i++) { /* the largest alone, small ones together */
		ssize_t got = source_fill(source, batch, source_batch(source));

		ck_assert_int_eq(got, fills[i]);
		ck_assert(!got || !memcmp(batch, copy.data + at, (size_t)got));
		at += (size_t)got;
	}
	ck_assert_uint_eq(at, copy.size);
	source_free(source);
	buffer_free(&copy);
	free(batch);
}
END_TEST

START_TEST(broken_records)
{
	struct buffer all = {0};
	struct source *source;

	put_record(&all, 3);
	ck_assert_int_eq(records_source_texts(&text_schema, all.data, all.size - 1, &source),
			 -EBADMSG);
	ck_assert_int_eq(records_source_texts(&text_schema, NULL, 0, &source), 0);
	ck_assert_int_eq(source_fill(source, NULL, 0), 0);
	source_free(source);
}
END_TEST

/* `errors` as CSV, NUL-terminated; to be freed. */
static char *print_failures(void)
{
	struct source *source;
	struct buffer all;
	char *printed;

	ck_assert_int_eq(failures_source(&source), 0);
	all = fill_all(source, SOURCE_BATCH);
	printed = print_records(source->schema, &format_csv, all.data, all.size);
	buffer_free(&all);
	source_free(source);
	return printed;
}

static unsigned int count_lines(const char *printed)
{
	unsigned int lines = 0;

	for (; *printed; printed++)
		lines += *printed == '\n';
	return lines;
}

START_TEST(failures)
{
	const struct explanation words = {"it is not there", "look elsewhere"}, none = {"", ""};
	char *printed = print_failures();
	char comm[64];

	ck_assert_str_eq(printed, "time,pid,comm,path,error,message,hint\n");
	free(printed);
	failure_add(-ENOENT, gettid(), "maps/7", &words);
	failure_add(-EACCES, 0, "tasks", &none);
	failure_add(-99999, 0, "a name, with \"all\"\nof it", &none);
	printed = print_failures();
	ck_assert_uint_ge(count_lines(printed), 4);
	snprintf(comm, sizeof(comm), ",%d,test_records,maps/7,", gettid());
	ck_assert_ptr_nonnull(strstr(printed, comm));
	ck_assert_ptr_nonnull(strstr(printed, "maps/7,ENOENT,it is not there,look elsewhere\n"));
	ck_assert_ptr_nonnull(strstr(printed, ",tasks,EACCES,Permission denied,"));
	free(printed);
}
END_TEST

START_TEST(failures_keep_the_newest)
{
	const struct explanation none = {"", ""};
	char path[200], *printed, *newest;

	for (int i = 0; i < FAILURES_KEPT * 2 + 10; i++) {
		snprintf(path, sizeof(path), "number/%d", i);
		failure_add(-EINVAL, 0, path, &none);
	}
	memset(path, 'x', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	failure_add(-EINVAL, 0, path, &none); /* longer than its column */
	printed = print_failures();
	ck_assert_uint_eq(count_lines(printed), FAILURES_KEPT + 1);
	ck_assert_ptr_null(strstr(printed, "number/1010,"));
	newest = strstr(printed, "number/2009,");
	ck_assert_ptr_nonnull(newest);
	ck_assert(newest > strstr(printed, "number/1011,"));
	ck_assert_ptr_nonnull(strstr(newest, "xxxx"));
	free(printed);
}
END_TEST

static void *fail_often(void *argument)
{
	const struct explanation words = {"words", "hint"};

	for (int i = 0; i < 3000; i++)
		failure_add(-EIO, gettid(), argument, &words);
	return NULL;
}

START_TEST(failures_of_many_threads)
{
	pthread_t threads[4];
	char *printed;

	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, fail_often, "one"), 0);
	for (int i = 0; i < 50; i++)
		free(print_failures());
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	printed = print_failures();
	ck_assert_uint_eq(count_lines(printed), FAILURES_KEPT + 1);
	free(printed);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		records,  no_rows_at_all,	    records_with_texts,	      broken_records,
		failures, failures_keep_the_newest, failures_of_many_threads, NULL};

	return run_tests("records", tests);
}
