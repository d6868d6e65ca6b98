// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "exchange_inside.h"
#include "format.h"
#include "source.h"

struct exchange_source {
	struct source source;
	struct exchange *exchange;
	uint64_t row; /* the next one */
	bool follows; /* under the exchange's lock */
	/* Of one that doesn't follow any more. */
	uint64_t rows;
	struct tail tail; /* after the rows */
};

/* How many rows there are by now; whether more may come. */
static bool source_catch_up(struct exchange_source *source, uint64_t *rows)
{
	bool follows;

	pthread_mutex_lock(&source->exchange->lock);
	follows = source->follows;
	*rows = follows ? source->exchange->written_rows : source->rows;
	pthread_mutex_unlock(&source->exchange->lock);
	return follows;
}

static ssize_t source_fill_rows(struct source *base, void *records, size_t size)
{
	struct exchange_source *source = (struct exchange_source *)base;
	struct exchange_row *out = records, *end = out + size / sizeof(*out);
	uint64_t rows, all;
	bool follows = source_catch_up(source, &rows);

	while (out < end && source->row < rows) {
		uint64_t count = BLOCK_ROWS - source->row % BLOCK_ROWS;

		if (count > rows - source->row)
			count = rows - source->row;
		if (count > (uint64_t)(end - out))
			count = end - out;
		memcpy(out, exchange_row(source->exchange, source->row), count * sizeof(*out));
		source->row += count;
		out += count;
	}
	all = follows ? rows : rows + source->tail.count;
	for (; out < end && source->row < all; source->row++)
		*out++ = source->tail.rows[source->row - rows];
	if (out == records && follows)
		return -EAGAIN;
	return (char *)out - (char *)records;
}

static void source_free_rows(struct source *base)
{
	struct exchange_source *source = (struct exchange_source *)base;

	exchange_put(source->exchange);
	free(source);
}

static const struct source_operations operations = {source_fill_rows, source_free_rows};

static struct exchange_source *source_create(struct exchange *exchange)
{
	struct exchange_source *source = calloc(1, sizeof(*source));

	if (!source)
		return NULL;
	source->source.operations = &operations;
	source->source.schema = &exchange_schema;
	source->exchange = exchange_get(exchange);
	return source;
}

static void source_finish(struct exchange_source *source)
{
	struct exchange *exchange = source->exchange;

	pthread_mutex_lock(&exchange->lock);
	source->follows = false;
	source->rows = exchange->finished_rows;
	source->tail = exchange->finished_tail;
	pthread_mutex_unlock(&exchange->lock);
}

struct source *exchange_source(struct exchange *exchange)
{
	return exchange->second ? exchange_compare(exchange) : exchange_rows(exchange);
}

struct source *exchange_rows(struct exchange *exchange)
{
	struct exchange_source *source = source_create(exchange);

	if (!source)
		return NULL;
	source_finish(source);
	return &source->source;
}

struct source *exchange_follow(struct exchange *exchange)
{
	struct exchange_source *source = exchange->second ? NULL : source_create(exchange);

	if (!source)
		return NULL;
	source->follows = true;
	return &source->source;
}

void exchange_follow_end(struct source *source)
{
	source_finish((struct exchange_source *)source);
}

int exchange_print(struct exchange *exchange, struct printer *printer, struct buffer *out)
{
	int error = 0;

	for (uint64_t row = 0; !error && row < exchange->rows; row += BLOCK_ROWS) {
		uint64_t left = exchange->rows - row, count = left < BLOCK_ROWS ? left : BLOCK_ROWS;

		error = printer_print(printer, exchange_row(exchange, row),
				      count * sizeof(struct exchange_row), out);
	}
	exchange->forgotten += exchange->rows;
	exchange->rows = 0;
	return error;
}
