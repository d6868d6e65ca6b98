// SPDX-License-Identifier: GPL-2.0-only
#include "given.h"

#include <errno.h>
#include <stdlib.h>

#include "explain.h"

#define WALKS_MAX 100

static int compare_objects(const void *a, const void *b)
{
	const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

bool given_before(const struct given *given, uint64_t object)
{
	return given->sorted && bsearch(&object, given->objects, given->sorted,
					sizeof(*given->objects), compare_objects);
}

int given_add(struct given *given, uint64_t object)
{
	if (given->count == given->capacity) {
		size_t capacity = given->capacity ? 2 * given->capacity : 256;
		uint64_t *objects = reallocarray(given->objects, capacity, sizeof(*given->objects));

		if (!objects)
			return -ENOMEM;
		given->objects = objects;
		given->capacity = capacity;
	}
	given->objects[given->count++] = object;
	return 0;
}

int given_walk_again(struct given *given)
{
	if (++given->walks == WALKS_MAX)
		return explain(-ETIMEDOUT, "try again when it is quieter",
			       "objects come and go faster than they can be listed");
	if (given->count)
		qsort(given->objects, given->count, sizeof(*given->objects), compare_objects);
	given->sorted = given->count;
	return 0;
}

void given_free(struct given *given)
{
	free(given->objects);
}
