/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All tables of the mount: the views, and those that the daemon makes itself. The tree, README,
 * status and the man page know tables from here alone.
 */
#ifndef BPFVIEW_TABLE_H
#define BPFVIEW_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "reader.h"

struct schema;
struct source;
struct view;

#define TABLE_ELEMENTS "maps/<id>" /* stands for many */
#define TABLE_INBOX    "dissect/input" /* one more is in each directory of dissect/flags */
#define TABLE_COMPARE  "dissect/compare/<first>,<second>/input" /* stands for many */
#define TABLE_STATS    "dissect/<object>/stats" /* stands for many */

/* A table that the daemon makes itself. */
struct own_table {
	const char *path; /* in the tree */
	const char *summary;
	const struct schema *schema;
	int (*open)(struct source **out); /* NULL: the tree knows how */
	int (*open_network)(int network, struct source **out); /* of net/ and netns/<name>/ */
	struct usage usage;
};

/* The daemon's own table of that path, or NULL. */
struct own_table *own_table_find(const char *path);

/* The daemon's own table at that place, or NULL past the last. */
struct own_table *own_table_at(size_t index);

/* What is known of any table. */
struct table {
	const char *path, *summary;
	const struct schema *schema; /* NULL when it could not be read */
	struct view *view; /* NULL for the daemon's own */
	const struct usage *usage;
};

/* The table at that place, views first; false past the last. Call it after views_init(). */
bool table_at(size_t index, struct table *out);

#endif
