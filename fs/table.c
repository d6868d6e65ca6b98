// SPDX-License-Identifier: GPL-2.0-only
#include "table.h"

#include <string.h>

#include "btfs.h"
#include "dissector_stats.h"
#include "elements.h"
#include "exchange_row.h"
#include "failures.h"
#include "network_dissector.h"
#include "pins.h"
#include "status.h"
#include "view.h"

static struct own_table own_tables[] = {
	{"status",
	 "a row for each table: what became of it, its columns",
	 &status_schema,
	 status_source,
	 NULL,
	 {0}},
	{"errors",
	 "a row for each of the last 1000 failures, newest last",
	 &failures_schema,
	 failures_source,
	 NULL,
	 {0}},
	{"btfs",
	 "a row for each BTF: type information of the kernel, modules, maps and programs",
	 &btfs_schema,
	 btfs_source,
	 NULL,
	 {0}},
	{"pins",
	 "a row for each program, map or link that is pinned to a path",
	 &pins_schema,
	 pins_source,
	 NULL,
	 {0}},
	{TABLE_ELEMENTS,
	 "a row for each element of that BPF map, with those of these columns that its kind has",
	 &elements_schema,
	 NULL,
	 NULL,
	 {0}},
	{TABLE_INBOX,
	 "a row of flow keys for each packet that was written to it",
	 &exchange_schema,
	 NULL,
	 NULL,
	 {0}},
	{TABLE_COMPARE,
	 "a row for each field in which two dissectors differ over a packet that was written to it",
	 &compare_schema,
	 NULL,
	 NULL,
	 {0}},
	{TABLE_STATS,
	 "what that dissector has done, and how often it is attached: builtin or one that was "
	 "loaded",
	 &dissector_stats_schema,
	 NULL,
	 NULL,
	 {0}},
	{"net/dissector",
	 "a row for the BPF flow dissector of the network namespace, if it has one",
	 &network_dissector_schema,
	 NULL,
	 network_dissector_source,
	 {0}},
};

#define OWN_TABLES (sizeof(own_tables) / sizeof(own_tables[0]))

struct own_table *own_table_at(size_t index)
{
	return index < OWN_TABLES ? &own_tables[index] : NULL;
}

struct own_table *own_table_find(const char *path)
{
	for (size_t i = 0; i < OWN_TABLES; i++)
		if (!strcmp(own_tables[i].path, path))
			return &own_tables[i];
	return NULL;
}

static struct table table_of_view(struct view *view)
{
	return (struct table){
		.path = view->definition->path,
		.summary = view->definition->summary,
		.schema = view->object.schema,
		.view = view,
		.usage = &view->usage,
	};
}

bool table_at(size_t index, struct table *out)
{
	const struct own_table *own;

	if (index < view_count) {
		*out = table_of_view(view_at(index));
		return true;
	}
	own = own_table_at(index - view_count);
	if (own)
		*out = (struct table){own->path, own->summary, own->schema, NULL, &own->usage};
	return own;
}
