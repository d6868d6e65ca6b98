// SPDX-License-Identifier: GPL-2.0-only
#include "records.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "schema.h"
#include "source.h"

struct records {
	struct source source;
	char *rows;
	size_t size, given; /* bytes */
};

/* Bytes of the whole records from `given` on that fit into size; negative when they are broken. */
static ssize_t records_fitting(const struct records *records, size_t size)
{
	const struct schema *schema = records->source.schema;
	size_t left = records->size - records->given, fitting = 0;

	if (size > left)
		size = left;
	if (!schema->texts)
		return (ssize_t)(size - size % schema->row_size);
	while (fitting < size) {
		long one = schema_record_size(schema, records->rows + records->given + fitting,
					      left - fitting);

		if (one < 0)
			return one;
		if ((size_t)one > size - fitting)
			break;
		fitting += (size_t)one;
	}
	return (ssize_t)fitting;
}

static ssize_t records_fill(struct source *source, void *out, size_t size)
{
	struct records *records = (struct records *)source;
	ssize_t fitting = records_fitting(records, size);

	if (fitting <= 0)
		return fitting;
	memcpy(out, records->rows + records->given, (size_t)fitting);
	records->given += (size_t)fitting;
	return fitting;
}

static void records_free(struct source *source)
{
	struct records *records = (struct records *)source;

	free(records->rows);
	free(records);
}

static const struct source_operations records_operations = {
	.fill = records_fill,
	.free = records_free,
};

static int records_create(const struct schema *schema, void *rows, size_t size, size_t largest,
			  struct source **out)
{
	struct records *records = calloc(1, sizeof(*records));

	if (!records) {
		free(rows);
		return -ENOMEM;
	}
	records->source.operations = &records_operations;
	records->source.schema = schema;
	records->source.batch = largest;
	records->rows = rows;
	records->size = size;
	*out = &records->source;
	return 0;
}

int records_source(const struct schema *schema, void *rows, size_t count, struct source **out)
{
	return records_create(schema, rows, count * schema->row_size, schema->row_size, out);
}

int records_source_texts(const struct schema *schema, void *records, size_t size,
			 struct source **out)
{
	long one, largest = 0;

	for (size_t at = 0; at < size; at += (size_t)one) {
		one = schema_record_size(schema, (char *)records + at, size - at);
		if (one < 0) {
			free(records);
			return (int)one;
		}
		if (one > largest)
			largest = one;
	}
	return records_create(schema, records, size, (size_t)largest, out);
}
