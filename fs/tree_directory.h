/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of the tree: its directories, and the names in them that come from the kernel. */
#ifndef BPFVIEW_TREE_DIRECTORY_H
#define BPFVIEW_TREE_DIRECTORY_H

#include "tree.h"

struct view_scope;

struct directory {
	const char *path; /* NULL for those that are there for each namespace or process */
	const struct directory *parent; /* NULL for the root */
	/*
	 * The names that no table holds; both may be NULL. name has no format's suffix; out is
	 * filled in but for what its type asks for, and its path ends with the whole name.
	 */
	int (*lookup)(const struct entry *in, const char *name, const struct caller *caller,
		      struct entry *out);
	int (*list)(const struct entry *in, const struct caller *caller, tree_add *add,
		    void *context);
};

extern const struct directory directory_root, directory_maps, directory_dissect;
extern const struct directory directory_flags; /* dissect/flags */
extern const struct directory directory_net, directory_netns, directory_process;

/* All directories with a path but the root, NULL past the last. */
const struct directory *directory_at(size_t index);

/* The directory of that name, listed or not, or NULL. */
const struct directory *directory_find(const struct directory *parent, const char *name);

/* tree_net.c: opens a view in the network namespace of the caller */
int network_open_readers(const struct entry *entry, const struct caller *caller,
			 struct source **out);

/* Makes out what always has that path, README or a table of the daemon's own, if there is one. */
bool entry_set_fixed(struct entry *out, const char *path);

/* Makes out the table of the view with that path; false when the kernel lacks it. */
bool entry_set_view(struct entry *out, const char *path);

/* Opens the entry's view for the caller, whose pid namespace it adds to the scope. */
int entry_open_view(const struct entry *entry, const struct caller *caller,
		    struct view_scope *scope, struct source **out);

/* Adds PATH-OF-IN/NAME. */
int directory_add(const struct entry *in, const char *name, bool is_directory, tree_add *add,
		  void *context);

#endif
