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

static ssize_t records_fill(struct source *source, void *out, size_t size)
{
	struct records *records = (struct records *)source;
	size_t left = records->size - records->given;

	size -= size % source->schema->row_size;
	if (size > left)
		size = left;
	if (size)
		memcpy(out, records->rows + records->given, size);
	records->given += size;
	return (ssize_t)size;
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

int records_source(const struct schema *schema, void *rows, size_t count, struct source **out)
{
	struct records *records = calloc(1, sizeof(*records));

	if (!records) {
		free(rows);
		return -ENOMEM;
	}
	records->source.operations = &records_operations;
	records->source.schema = schema;
	records->rows = rows;
	records->size = count * schema->row_size;
	*out = &records->source;
	return 0;
}
