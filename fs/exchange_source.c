// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "exchange_inside.h"
#include "source.h"

struct exchange_source {
	struct source source;
	struct exchange *exchange;
	uint64_t row, rows;
	struct tail tail; /* after the rows */
};

static ssize_t source_fill_rows(struct source *base, void *records, size_t size)
{
	struct exchange_source *source = (struct exchange_source *)base;
	struct exchange_row *out = records, *end = out + size / sizeof(*out);

	while (out < end && source->row < source->rows) {
		uint64_t count = BLOCK_ROWS - source->row % BLOCK_ROWS;

		if (count > source->rows - source->row)
			count = source->rows - source->row;
		if (count > (uint64_t)(end - out))
			count = end - out;
		memcpy(out, exchange_row(source->exchange, source->row), count * sizeof(*out));
		source->row += count;
		out += count;
	}
	for (; out < end && source->row < source->rows + source->tail.count; source->row++)
		*out++ = source->tail.rows[source->row - source->rows];
	return (char *)out - (char *)records;
}

static void source_free_rows(struct source *base)
{
	struct exchange_source *source = (struct exchange_source *)base;

	exchange_put(source->exchange);
	free(source);
}

static const struct source_operations operations = {source_fill_rows, source_free_rows};

struct source *exchange_source(struct exchange *exchange)
{
	struct exchange_source *source = calloc(1, sizeof(*source));

	if (!source)
		return NULL;
	source->source.operations = &operations;
	source->source.schema = &exchange_schema;
	source->exchange = exchange_get(exchange);
	pthread_mutex_lock(&exchange->lock);
	source->rows = exchange->finished_rows;
	source->tail = exchange->finished_tail;
	pthread_mutex_unlock(&exchange->lock);
	return &source->source;
}
