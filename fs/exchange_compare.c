// SPDX-License-Identifier: GPL-2.0-only
/*
 * What two dissectors say differently of the same packets. Where one of them leaves a packet to the
 * kernel, the kernel's answer is taken for its own.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "exchange_inside.h"
#include "schema.h"
#include "source.h"

#define BATCH_ROWS 256

/* Whose rows are read side by side. */
enum side {
	FIRST,
	SECOND,
	KERNEL,
	SIDES,
};

struct comparison {
	struct source source;
	struct source *sides[SIDES];
	size_t at, count; /* of the rows that were read last */
	unsigned int column; /* to look at next, in the row at that place */
	struct exchange_row rows[SIDES][BATCH_ROWS];
};

static void comparison_free(struct source *base)
{
	struct comparison *comparison = (struct comparison *)base;

	for (int i = 0; i < SIDES; i++)
		source_free(comparison->sides[i]);
	free(comparison);
}

/* The next rows of each side, which has as many as the others. False at the end. */
static bool rows_read(struct comparison *comparison)
{
	for (int i = 0; i < SIDES; i++) {
		ssize_t got = source_fill(comparison->sides[i], comparison->rows[i],
					  sizeof(comparison->rows[i]));
		size_t count = got > 0 ? (size_t)got / sizeof(struct exchange_row) : 0;

		if (!i || count < comparison->count)
			comparison->count = count;
	}
	comparison->at = 0;
	return comparison->count;
}

static const struct exchange_row *answer_of(const struct comparison *comparison, enum side side)
{
	const struct exchange_row *row = &comparison->rows[side][comparison->at];
	bool left = !row->error && row->verdict == BPF_FLOW_DISSECTOR_CONTINUE;

	return left ? &comparison->rows[KERNEL][comparison->at] : row;
}

/* The cell as text; empty where there is nothing. */
static void cell_print(const struct column *column, const struct exchange_row *row, char *out,
		       size_t size)
{
	const void *cell = (const char *)row + column->offset;
	struct buffer text = {0};

	if (!column->kind->none || !column->kind->none(column, cell))
		column->kind->text(&text, column, cell);
	if (text.size >= size)
		text.size = size - 1;
	memset(out, 0, size);
	if (text.size)
		memcpy(out, text.data, text.size);
	buffer_free(&text);
}

static bool rows_equal(const struct exchange_row *one, const struct exchange_row *other)
{
	const char *keys = (const char *)&one->keys, *others = (const char *)&other->keys;

	return one->error == other->error && one->verdict == other->verdict &&
	       !memcmp(keys, others, sizeof(one->keys));
}

/* The next column in which the answers differ; false when there is none in this row. */
static bool column_next(struct comparison *comparison, struct compare_row *out)
{
	const struct exchange_row *first = answer_of(comparison, FIRST);
	const struct exchange_row *second = answer_of(comparison, SECOND);

	if (rows_equal(first, second))
		return false;
	while (comparison->column < exchange_schema.count) {
		const struct column *column = &exchange_schema.columns[comparison->column++];

		cell_print(column, first, out->first, sizeof(out->first));
		cell_print(column, second, out->second, sizeof(out->second));
		if (!strcmp(out->first, out->second))
			continue;
		out->packet = *first;
		memset(out->field, 0, sizeof(out->field));
		memcpy(out->field, column->name, strlen(column->name));
		return true;
	}
	return false;
}

static ssize_t comparison_fill(struct source *base, void *records, size_t size)
{
	struct comparison *comparison = (struct comparison *)base;
	struct compare_row *out = records, *end = out + size / sizeof(*out);

	while (out < end && (comparison->at < comparison->count || rows_read(comparison))) {
		if (column_next(comparison, out)) {
			out++;
			continue;
		}
		comparison->at++;
		comparison->column = 0;
	}
	return (char *)out - (char *)records;
}

static const struct source_operations operations = {comparison_fill, comparison_free};

struct source *exchange_compare(struct exchange *exchange)
{
	struct comparison *comparison = calloc(1, sizeof(*comparison));

	if (!comparison)
		return NULL;
	comparison->source.operations = &operations;
	comparison->source.schema = &compare_schema;
	comparison->sides[FIRST] = exchange_rows(exchange);
	comparison->sides[SECOND] = exchange_rows(exchange->second);
	comparison->sides[KERNEL] = exchange_rows(exchange->kernel);
	for (int i = 0; i < SIDES; i++) {
		if (comparison->sides[i])
			continue;
		comparison_free(&comparison->source);
		return NULL;
	}
	return &comparison->source;
}
