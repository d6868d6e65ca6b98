/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of the tree: its directories, and the names in them that come from the kernel. */
#ifndef BPFVIEW_TREE_DIRECTORY_H
#define BPFVIEW_TREE_DIRECTORY_H

#include "loaded.h"
#include "tree.h"

struct buffer;
struct dissectors;
struct view_scope;

/* What may be changed in a directory; NULL for what may not. All may take long but create. */
struct directory_changes {
	/* out is filled in as for a look-up. */
	int (*create)(const struct entry *in, const char *name, struct entry *out);
	/* An entry of it is these bytes, which it takes. */
	int (*store)(const struct entry *entry, struct buffer *bytes);
	int (*remove)(const struct entry *in, const char *name);
	int (*rename)(const struct entry *in, const char *name, const char *to);
	int (*link)(const struct entry *in, const char *name, const char *target,
		    const struct caller *caller);
	/* A directory comes and goes. */
	int (*make)(const struct entry *in, const char *name);
	int (*unmake)(const struct entry *in, const char *name);
};

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
	const struct directory_changes *changes; /* NULL for none */
};

extern const struct directory directory_root, directory_maps, directory_dissect;
extern const struct directory directory_flags; /* dissect/flags */
extern const struct directory directory_compare; /* dissect/compare */
extern const struct directory directory_load, directory_iters, directory_include;
extern const struct directory directory_net, directory_netns, directory_process;

/* All directories with a path but the root, NULL past the last. */
const struct directory *directory_at(size_t index);

/* The directory of that name, listed or not, or NULL. */
const struct directory *directory_find(const struct directory *parent, const char *name);

/* tree_net.c: opens a view in the network namespace of the caller */
int network_open_readers(const struct entry *entry, const struct caller *caller,
			 struct source **out);

/* tree_dissect.c */
/* The name of the object whose folder in dissect/ it is in, or that of the built-in one. */
void dissect_object(const struct entry *entry, char out[sizeof(entry->path)]);

/* tree_iters.c */
/* The name of the instance in whose folder in iters/ an entry is. */
void iters_instance(const struct entry *entry, char out[sizeof(entry->path)]);
extern const struct directory directory_params; /* iters/<instance>/params */

/* tree_compare.c: of entries in dissect/compare/<first>,<second>. */
bool compare_is_in(const struct entry *entry);
int compare_dissectors(const struct entry *entry, struct dissectors *out); /* references */

/* tree_attach.c */
extern const struct directory directory_attach; /* dissect/<object>/attach */
int dissect_stats_lookup(struct entry *out); /* dissect/<object>/stats */

/* Makes out what always has that path, README or a table of the daemon's own, if there is one. */
bool entry_set_fixed(struct entry *out, const char *path);

/* Makes out the table of the view with that path; false when the kernel lacks it. */
bool entry_set_view(struct entry *out, const char *path);

/* Opens the entry's view for the caller, whose pid namespace it adds to the scope. */
int entry_open_view(const struct entry *entry, const struct caller *caller,
		    struct view_scope *scope, struct source **out);

/* Gives out the path PATH-OF-IN/NAME; -ENAMETOOLONG. */
int entry_join(struct entry *out, const struct entry *in, const char *name);

/* Adds PATH-OF-IN/NAME. */
int directory_add(const struct entry *in, const char *name, enum entry_type type, tree_add *add,
		  void *context);

/* What a loaded_visit gets as its context from directory_add_loaded(). */
struct listing {
	const struct entry *in;
	tree_add *add;
	void *context;
};
int listing_add(const struct listing *listing, const char *name, enum entry_type type);

/* Has visit() add what it likes of each loaded name. */
int directory_add_loaded(const struct entry *in, loaded_visit *visit, tree_add *add, void *context);

#endif
