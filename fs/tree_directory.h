/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of the tree: its directories, and the names that come from the kernel. */
#ifndef BPFVIEW_TREE_DIRECTORY_H
#define BPFVIEW_TREE_DIRECTORY_H

#include "tree.h"

struct directory {
	const char *path;
	const struct directory *parent; /* NULL for the root */
	/* The names that no list holds; both may be NULL. name has no format's suffix. */
	int (*lookup)(const char *name, struct entry *entry);
	int (*list)(const struct directory *directory, tree_add *add, void *context);
	uint32_t flags; /* BPF_FLOW_DISSECTOR_F_* of the inbox in it */
};

/* All directories but the root, NULL past the last. */
const struct directory *directory_at(size_t index);

/* The directory of that name, listed or not, or NULL. */
const struct directory *directory_find(const struct directory *parent, const char *name);

int tree_open_status(const struct entry *entry, uid_t user, struct source **out);
int tree_open_failures(const struct entry *entry, uid_t user, struct source **out);

#endif
