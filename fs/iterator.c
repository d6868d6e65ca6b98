// SPDX-License-Identifier: GPL-2.0-only
#include "iterator.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "schema.h"
#include "source.h"
#include "watch.h"

/*
 * The kernel answers EAGAIN after each million objects without a row, and at once to a program that
 * asks to be called again for the same object. So many in a row: ten thousand million objects.
 */
#define EMPTY_READS_MAX 10000

struct iterator {
	struct source source;
	struct schema *owned;
	int fd;
};

static int iterator_explain(int error)
{
	switch (error) {
	case EAGAIN:
		return explain(-ETIMEDOUT, "the iterator's program must return 0 to go on",
			       "the iterator gave no row in %d reads", EMPTY_READS_MAX);
	case E2BIG:
		return explain(-E2BIG, "a row and its text must be under 32768 bytes",
			       "a row is larger than the kernel's iterator buffer");
	default:
		return explain(-error, NULL, "reading the iterator: %s", strerror(error));
	}
}

ssize_t iterator_read(int fd, void *records, size_t size)
{
	unsigned int empty = 0;

	for (;;) {
		ssize_t got = read(fd, records, size);

		if (got >= 0)
			return got;
		if (errno != EINTR && (errno != EAGAIN || ++empty == EMPTY_READS_MAX))
			return iterator_explain(errno);
		watch_renew();
	}
}

static ssize_t iterator_fill(struct source *source, void *records, size_t size)
{
	return iterator_read(((struct iterator *)source)->fd, records, size);
}

static void iterator_free(struct source *source)
{
	struct iterator *iterator = (struct iterator *)source;

	close(iterator->fd);
	schema_free(iterator->owned);
	free(iterator);
}

static const struct source_operations iterator_operations = {
	.fill = iterator_fill,
	.free = iterator_free,
};

int iterator_source_create(int fd, const struct schema *schema, struct schema *owned,
			   struct source **out)
{
	struct iterator *iterator = calloc(1, sizeof(*iterator));

	if (!iterator) {
		close(fd);
		schema_free(owned);
		return -ENOMEM;
	}
	iterator->source.operations = &iterator_operations;
	iterator->source.schema = schema;
	iterator->owned = owned;
	iterator->fd = fd;
	*out = &iterator->source;
	return 0;
}
