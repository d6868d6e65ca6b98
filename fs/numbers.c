// SPDX-License-Identifier: GPL-2.0-only
#include "numbers.h"

#include <errno.h>
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

#include "completed.h"
#include "explain.h"
#include "schema.h"
#include "source.h"
#include "view.h"

struct number {
	__u32 pid, tid, global_pid, global_tid;
};

struct numbers {
	struct number *all; /* by global_tid, once all are there */
	size_t count, room;
	size_t offset; /* of the row's four columns */
};

static int number_compare(const void *one, const void *other)
{
	__u32 a = ((const struct number *)one)->global_tid;
	__u32 b = ((const struct number *)other)->global_tid;

	return a < b ? -1 : a > b;
}

static int numbers_add(struct numbers *numbers, const struct number *number)
{
	if (numbers->count == numbers->room) {
		size_t room = numbers->room ? 2 * numbers->room : 64;
		struct number *all = reallocarray(numbers->all, room, sizeof(*all));

		if (!all)
			return -ENOMEM;
		numbers->all = all;
		numbers->room = room;
	}
	numbers->all[numbers->count++] = *number;
	return 0;
}

/* In a row of threads the global numbers are 0 where they are the same. */
static struct number number_read(const struct schema *schema, const char *row)
{
	struct number number;

	memcpy(&number.pid, row + schema_column(schema, "pid")->offset, sizeof(__u32));
	memcpy(&number.tid, row + schema_column(schema, "tid")->offset, sizeof(__u32));
	memcpy(&number.global_pid, row + schema_column(schema, "global_pid")->offset,
	       sizeof(__u32));
	memcpy(&number.global_tid, row + schema_column(schema, "global_tid")->offset,
	       sizeof(__u32));
	if (!number.global_tid)
		number.global_tid = number.tid;
	return number;
}

static int numbers_take(struct numbers *numbers, const struct schema *schema, const char *rows,
			ssize_t size)
{
	struct number number;
	int error = 0;
	long one;

	for (ssize_t at = 0; at < size && !error; at += one) {
		one = schema_record_size(schema, rows + at, (size_t)(size - at));
		if (one < 0)
			return (int)one;
		number = number_read(schema, rows + at);
		error = numbers_add(numbers, &number);
	}
	return error;
}

static int numbers_walk(struct numbers *numbers, struct source *source)
{
	size_t room = source_batch(source);
	char *rows = malloc(room);
	ssize_t filled = rows ? 1 : -ENOMEM;
	int error = 0;

	while (filled > 0 && !error) {
		filled = source_fill(source, rows, room);
		error = numbers_take(numbers, source->schema, rows, filled);
	}
	free(rows);
	return filled < 0 ? (int)filled : error;
}

static int numbers_read(struct numbers *numbers, int pids)
{
	const struct view_scope scope = {.network = -1, .pids = pids};
	struct view *threads = view_find("threads");
	struct source *source = NULL;
	int error = threads ? view_open(threads, &scope, &source) : -EOPNOTSUPP;

	if (error)
		return error;
	error = numbers_walk(numbers, source);
	source_free(source);
	if (numbers->count)
		qsort(numbers->all, numbers->count, sizeof(*numbers->all), number_compare);
	return error;
}

static void numbers_complete(void *context, void *row)
{
	const struct numbers *numbers = context;
	struct number number, *known;

	memcpy(&number, (char *)row + numbers->offset, sizeof(number));
	number = (struct number){.global_pid = number.pid, .global_tid = number.tid};
	known = numbers->count ? bsearch(&number, numbers->all, numbers->count, sizeof(number),
					 number_compare)
			       : NULL;
	if (known)
		number = *known;
	if (number.global_tid == number.tid)
		number.global_tid = 0;
	memcpy((char *)row + numbers->offset, &number, sizeof(number));
}

static void numbers_free(void *context)
{
	struct numbers *numbers = context;

	if (numbers)
		free(numbers->all);
	free(numbers);
}

int numbers_join(int pids, struct source **source)
{
	struct numbers *numbers = calloc(1, sizeof(*numbers));
	int error = numbers ? numbers_read(numbers, pids) : -ENOMEM;

	if (error) {
		numbers_free(numbers);
		source_free(*source);
		return error;
	}
	numbers->offset = schema_column((*source)->schema, "pid")->offset;
	return completed_source(&(struct completion){numbers_complete, numbers, numbers_free},
				source);
}
