// SPDX-License-Identifier: GPL-2.0-only
#include "completed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "schema.h"
#include "source.h"

struct completed {
	struct source source;
	struct source *inner;
	struct completion completion;
	void *row; /* a copy that is aligned, as records of any length one behind another are not */
};

static ssize_t completed_fill(struct source *source, void *records, size_t size)
{
	struct completed *completed = (struct completed *)source;
	const struct completion *completion = &completed->completion;
	ssize_t filled = source_fill(completed->inner, records, size);
	long one;

	for (ssize_t at = 0; at < filled; at += one) {
		char *record = (char *)records + at;

		one = schema_record_size(source->schema, record, (size_t)(filled - at));
		if (one < 0)
			return one;
		memcpy(completed->row, record, source->schema->row_size);
		completion->complete(completion->context, completed->row);
		memcpy(record, completed->row, source->schema->row_size);
	}
	return filled;
}

static void completed_free(struct source *source)
{
	struct completed *completed = (struct completed *)source;

	source_free(completed->inner);
	if (completed->completion.free)
		completed->completion.free(completed->completion.context);
	free(completed->row);
	free(completed);
}

static const struct source_operations completed_operations = {
	.fill = completed_fill,
	.free = completed_free,
};

int completed_source(const struct completion *completion, struct source **source)
{
	struct completed *completed = calloc(1, sizeof(*completed));

	if (completed)
		completed->row = malloc((*source)->schema->row_size);
	if (!completed || !completed->row) {
		source_free(*source);
		if (completion->free)
			completion->free(completion->context);
		free(completed);
		return -ENOMEM;
	}
	completed->source.operations = &completed_operations;
	completed->source.schema = (*source)->schema;
	completed->source.batch = (*source)->batch;
	completed->inner = *source;
	completed->completion = *completion;
	*source = &completed->source;
	return 0;
}
