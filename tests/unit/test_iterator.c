// SPDX-License-Identifier: GPL-2.0-only
/* A pipe stands for the iterator: it gives what was written, then the end or EAGAIN. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "iterator.h"
#include "schema.h"
#include "source.h"
#include "tables.h"

static char records[SOURCE_BATCH];

static struct source *open_source(int descriptor, struct schema *owned)
{
	static const struct schema schema;
	struct source *source;

	ck_assert_int_eq(iterator_source_create(descriptor, &schema, owned, &source), 0);
	ck_assert_ptr_eq(source->schema, &schema);
	ck_assert_uint_eq(source_batch(source), SOURCE_BATCH);
	return source;
}

static void check_fails(struct source *source, int error, const char *words)
{
	struct explanation explanation;

	ck_assert_int_eq(source_fill(source, records, sizeof(records)), error);
	explain_take(&explanation);
	ck_assert_ptr_nonnull(strstr(explanation.message, words));
}

START_TEST(gives_what_is_read)
{
	struct source *source;
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	source = open_source(ends[0], NULL);
	ck_assert_int_eq(write(ends[1], "rows", 4), 4);
	ck_assert_int_eq(source_fill(source, records, sizeof(records)), 4);
	ck_assert_mem_eq(records, "rows", 4);
	close(ends[1]);
	ck_assert_int_eq(source_fill(source, records, sizeof(records)), 0);
	source_free(source);
}
END_TEST

START_TEST(gives_up_on_an_endless_nothing)
{
	struct source *source;
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_NONBLOCK), 0);
	source = open_source(ends[0], NULL);
	check_fails(source, -ETIMEDOUT, "no row");
	ck_assert_int_eq(write(ends[1], "row", 3), 3);
	ck_assert_int_eq(source_fill(source, records, sizeof(records)), 3);
	check_fails(source, -ETIMEDOUT, "no row");
	source_free(source);
	close(ends[1]);
}
END_TEST

START_TEST(says_what_failed)
{
	struct source *source;
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	source = open_source(ends[1], NULL); /* not open for reading */
	check_fails(source, -EBADF, strerror(EBADF));
	source_free(source);
	close(ends[0]);
}
END_TEST

START_TEST(owns_descriptor_and_schema)
{
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	source_free(open_source(ends[0], calloc(1, sizeof(struct schema))));
	ck_assert_int_eq(fcntl(ends[0], F_GETFD), -1);
	close(ends[1]);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {gives_what_is_read, gives_up_on_an_endless_nothing,
				      says_what_failed, owns_descriptor_and_schema, NULL};

	return run_tests("iterator", tests);
}
