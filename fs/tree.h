/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names of the mount: which there are, and what each is. Knows nothing of FUSE and keeps no
 * state: a look-up makes an entry, which is the caller's.
 */
#ifndef BPFVIEW_TREE_H
#define BPFVIEW_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct buffer;
struct directory;
struct dissectors;
struct document;
struct format;
struct own_table;
struct source;
struct usage;
struct view;

/* Who opens something: what it sees may depend on it. */
struct caller {
	uid_t user;
	pid_t thread; /* in the daemon's pid namespace; 0 when it has no number there */
};

enum entry_type {
	ENTRY_DIRECTORY,
	ENTRY_DOCUMENT,
	ENTRY_TABLE,
	ENTRY_INBOX, /* dissect/input: packets in, a table out */
	ENTRY_LINK, /* a symbolic one */
};

struct entry {
	enum entry_type type;
	char path[224]; /* from the mount's root, no leading slash; "" for the root */
	const struct directory *directory; /* itself, or of what is stored the one it is in */
	bool brief; /* a directory or document that may change or go within a second */
	/* Of ENTRY_DOCUMENT; a reference. NULL of one that was created and is not stored yet. */
	struct document *document;
	bool stored; /* a document that is replaced by tree_store(): when it was written and closed,
		      */
	bool at_once; /* or by each write */
	const struct format *format; /* of tables and inboxes */
	/* The table's rows; of an inbox, the result of the user's last exchange. May take long. */
	int (*open)(const struct entry *entry, const struct caller *caller, struct source **out);
	struct view *view; /* of a view's table */
	struct own_table *own; /* of a table of the daemon's own */
	struct usage *usage; /* NULL for nothing to count in */
	uint32_t map; /* id, of maps/<id> */
	uint32_t flags; /* BPF_FLOW_DISSECTOR_F_* and enum dissect_option, of an inbox */
	bool streams; /* an inbox without an end */
};

/* The entry of the root, whose path is "". */
void tree_root(struct entry *out);

/* The entry of a name in a directory, also of one that is not listed. -ENOENT when there is none.
 */
int tree_lookup(const struct entry *in, const char *name, const struct caller *caller,
		struct entry *out);

/* References to the dissectors of an inbox. -ENOENT, and none, when one of them is gone. */
int tree_dissectors(const struct entry *entry, struct dissectors *out);

/* Lets go of what an entry refers to; entries may be copied, but only one of them is put. */
void entry_put(struct entry *entry);

/*
 * Calls add() for each listed name until it returns non-zero, and returns that, 0, or a negative
 * errno.
 */
typedef int tree_add(void *context, const char *path, const char *name, enum entry_type type);
int tree_list(const struct entry *in, const struct caller *caller, tree_add *add, void *context);

/*
 * Changes, which the mount must allow and root alone may make; all but the first may take long.
 * Each returns 0 or a negative errno, with words where it is not plain.
 */
void tree_allow_changes(void);
bool tree_may_change(const struct entry *in); /* whether the mount allows any in there */

/* The entry of a document that is about to be written. */
int tree_create(const struct entry *in, const char *name, const struct caller *caller,
		struct entry *out);
/* A document that is stored is these bytes now, which it takes. */
int tree_store(const struct entry *entry, const struct caller *caller, struct buffer *bytes);
int tree_remove(const struct entry *in, const char *name, const struct caller *caller);
int tree_rename(const struct entry *in, const char *name, const struct entry *to_in, const char *to,
		const struct caller *caller);
/* Makes a symbolic link. */
int tree_link(const struct entry *in, const char *name, const char *target,
	      const struct caller *caller);

/* Makes a directory, and removes one. */
int tree_make(const struct entry *in, const char *name, const struct caller *caller);
int tree_unmake(const struct entry *in, const char *name, const struct caller *caller);

/* A number that always is the same for the same path. */
uint64_t tree_inode(const char *path);

#endif
