// SPDX-License-Identifier: GPL-2.0-only
#include "element_once.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "source.h"

struct once {
	struct source source;
	struct source *inner;
	size_t key_size, record;
	char *before, *now; /* whole fills, sorted */
	size_t count; /* records of the fill before */
};

static int compare_keys(const void *a, const void *b, void *once)
{
	return memcmp(a, b, ((const struct once *)once)->key_size);
}

/* The C library has no bsearch() that knows the key's size. */
static bool came_before(struct once *once, const char *key)
{
	size_t first = 0, end = once->count;

	while (first < end) {
		size_t middle = (first + end) / 2;
		int order = compare_keys(key, once->before + middle * once->record, once);

		if (!order)
			return true;
		if (order < 0)
			end = middle;
		else
			first = middle + 1;
	}
	return false;
}

static ssize_t once_take(struct once *once, char *records, size_t count)
{
	size_t kept = 0, record = once->record;
	char *swap = once->before;

	memcpy(once->now, records, count * record);
	for (size_t i = 0; i < count; i++) {
		if (came_before(once, records + i * record))
			continue;
		memmove(records + kept * record, records + i * record, record);
		kept++;
	}
	qsort_r(once->now, count, record, compare_keys, once);
	once->before = once->now;
	once->now = swap;
	once->count = count;
	if (!kept) /* and so it would go on */
		return explain(-E2BIG, "",
			       "more elements have the same hash than the kernel's buffer holds");
	return (ssize_t)(kept * record);
}

static ssize_t once_fill(struct source *source, void *records, size_t size)
{
	struct once *once = (struct once *)source;
	ssize_t got = source_fill(once->inner, records, size < SOURCE_BATCH ? size : SOURCE_BATCH);

	return got > 0 ? once_take(once, records, (size_t)got / once->record) : got;
}

static void once_free(struct source *source)
{
	struct once *once = (struct once *)source;

	source_free(once->inner);
	free(once->before);
	free(once->now);
	free(once);
}

static const struct source_operations once_operations = {
	.fill = once_fill,
	.free = once_free,
};

int element_once_source(size_t key_size, size_t record, struct source **source)
{
	struct once *once = calloc(1, sizeof(*once));

	if (!once) {
		source_free(*source);
		return -ENOMEM;
	}
	once->source.operations = &once_operations;
	once->source.schema = (*source)->schema;
	once->inner = *source;
	once->key_size = key_size;
	once->record = record;
	once->before = malloc(SOURCE_BATCH);
	once->now = malloc(SOURCE_BATCH);
	if (!once->before || !once->now) {
		once_free(&once->source);
		return -ENOMEM;
	}
	*source = &once->source;
	return 0;
}
