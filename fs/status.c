// SPDX-License-Identifier: GPL-2.0-only
#include "status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "document.h"
#include "loaded.h"
#include "records.h"
#include "schema.h"
#include "table.h"
#include "view.h"

struct status_row {
	char name[64];
	char state[16];
	uint64_t rows, bytes;
	const struct schema *columns; /* NULL: not known */
	char reason[384];
};

static const struct schema *schema_at(const void *cell)
{
	const struct schema *schema;

	memcpy(&schema, cell, sizeof(schema));
	return schema;
}

static bool names_none(const struct column *column, const void *cell)
{
	(void)column;
	return !schema_at(cell);
}

static void put_names(struct buffer *out, const void *cell, const char *quote)
{
	const struct schema *schema = schema_at(cell);

	for (unsigned int i = 0; i < schema->count; i++) {
		if (i)
			buffer_put_char(out, ',');
		buffer_put_string(out, quote);
		buffer_put_string(out, schema->columns[i].name);
		buffer_put_string(out, quote);
	}
}

static void names_text(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	put_names(out, cell, "");
}

static void names_json(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	buffer_put_char(out, '[');
	put_names(out, cell, "\"");
	buffer_put_char(out, ']');
}

static const struct kind kind_names = {"names", .none = names_none, .text = names_text,
				       .json = names_json};

#define COLUMN(member, shown, words)                                                               \
	{                                                                                          \
		.name = #member, .kind = &(shown), .offset = offsetof(struct status_row, member),  \
		.size = sizeof(((struct status_row *)0)->member), .about = (words)                 \
	}

static struct column columns[] = {
	COLUMN(name, kind_chars, "the table's path in the mount, or the path of a loaded object"),
	COLUMN(state, kind_chars, "built_in, unloaded, loaded, failed or absent"),
	COLUMN(rows, kind_unsigned, "in the last whole reading"),
	COLUMN(bytes, kind_unsigned, "of the last whole reading, in its format"),
	COLUMN(columns, kind_names, "the names of the table's columns"),
	COLUMN(reason, kind_chars, "why it failed, or is absent"),
};

const struct schema status_schema = {
	.columns = columns,
	.count = sizeof(columns) / sizeof(columns[0]),
	.row_size = sizeof(struct status_row),
};

static const char *const state_names[] = {
	[VIEW_UNLOADED] = "unloaded",
	[VIEW_LOADED] = "loaded",
	[VIEW_FAILED] = "failed",
	[VIEW_ABSENT] = "absent",
};

static void view_fill(struct status_row *row, struct view *view)
{
	pthread_mutex_lock(&view->lock);
	snprintf(row->state, sizeof(row->state), "%s", state_names[view->state]);
	snprintf(row->reason, sizeof(row->reason), "%s", view->reason);
	pthread_mutex_unlock(&view->lock);
}

static void row_fill(struct status_row *row, const struct table *table)
{
	snprintf(row->name, sizeof(row->name), "%s", table->path);
	row->rows = table->usage->rows;
	row->bytes = table->usage->bytes;
	row->columns = table->schema;
	if (table->view)
		view_fill(row, table->view);
	else
		snprintf(row->state, sizeof(row->state), "built_in");
}

/* The first line of a failed object's log, which says why. */
static void reason_fill(struct status_row *row, const char *name)
{
	struct document *log = loaded_log(name);
	const char *end = log ? memchr(log->bytes, '\n', log->size) : NULL;

	if (end)
		snprintf(row->reason, sizeof(row->reason), "%.*s", (int)(end - log->bytes),
			 log->bytes);
	document_put(log);
}

static int object_add(void *context, const char *name, const struct loaded_parts *parts)
{
	struct status_row row = {0};

	if (!parts->object && !parts->log)
		return 0; /* the built-in one is among the tables */
	snprintf(row.name, sizeof(row.name), "load/%s.bpf.o", name);
	snprintf(row.state, sizeof(row.state), "%s", parts->object ? "loaded" : "failed");
	if (parts->failed)
		reason_fill(&row, name);
	buffer_put(context, &row, sizeof(row));
	return 0;
}

int status_source(struct source **out)
{
	struct buffer rows = {0};
	struct table table;
	int error;

	for (size_t i = 0; table_at(i, &table); i++) {
		struct status_row row = {0};

		row_fill(&row, &table);
		buffer_put(&rows, &row, sizeof(row));
	}
	error = loaded_visit_all(object_add, &rows);
	if (error || rows.failed) {
		buffer_free(&rows);
		return error ? error : -ENOMEM;
	}
	return records_source(&status_schema, rows.data, rows.size / sizeof(struct status_row),
			      out);
}
