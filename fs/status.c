// SPDX-License-Identifier: GPL-2.0-only
/* The table `status`. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "records.h"
#include "schema.h"
#include "view.h"

struct status_row {
	char name[64];
	char state[16];
	uint64_t rows, bytes;
	char reason[384];
};

#define COLUMN(member, shown)                                                                      \
	{                                                                                          \
		.name = #member, .kind = &(shown), .offset = offsetof(struct status_row, member),  \
		.size = sizeof(((struct status_row *)0)->member)                                   \
	}

static struct column columns[] = {
	COLUMN(name, kind_chars),     COLUMN(state, kind_chars),  COLUMN(rows, kind_unsigned),
	COLUMN(bytes, kind_unsigned), COLUMN(reason, kind_chars),
};

static const struct schema schema = {
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

int views_status(struct source **out)
{
	struct status_row *rows = calloc(view_count, sizeof(*rows));

	if (!rows)
		return -ENOMEM;
	for (size_t i = 0; i < view_count; i++) {
		struct view *view = view_at(i);

		pthread_mutex_lock(&view->lock);
		snprintf(rows[i].name, sizeof(rows[i].name), "%s", view->definition->path);
		snprintf(rows[i].state, sizeof(rows[i].state), "%s", state_names[view->state]);
		snprintf(rows[i].reason, sizeof(rows[i].reason), "%s", view->reason);
		pthread_mutex_unlock(&view->lock);
		rows[i].rows = view->usage.rows;
		rows[i].bytes = view->usage.bytes;
	}
	return records_source(&schema, rows, view_count, out);
}
