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

struct directory;
struct format;
struct source;
struct usage;
struct view;

enum entry_type {
	ENTRY_DIRECTORY,
	ENTRY_TEXT, /* README */
	ENTRY_TABLE,
	ENTRY_INBOX, /* dissect/input: packets in, a table out */
};

struct entry {
	enum entry_type type;
	char path[96]; /* from the mount's root, no leading slash; "" for the root */
	const struct directory *directory; /* of ENTRY_DIRECTORY */
	const struct format *format; /* of tables and inboxes */
	/* The table's rows; of an inbox, the result of user's last exchange. May take long. */
	int (*open)(const struct entry *entry, uid_t user, struct source **out);
	struct view *view; /* of a view's table */
	struct usage *usage; /* NULL for nothing to count in */
	uint32_t map; /* id, of maps/<id> */
	uint32_t flags; /* BPF_FLOW_DISSECTOR_F_*, of an inbox */
};

extern const struct directory tree_root;

/* The entry of a name, also of one that is not listed. -ENOENT when there is none. */
int tree_lookup(const struct directory *directory, const char *name, struct entry *out);

/*
 * Calls add() for each listed name until it returns non-zero, and returns that, 0, or a negative
 * errno.
 */
typedef int tree_add(void *context, const char *path, const char *name, bool is_directory);
int tree_list(const struct directory *directory, tree_add *add, void *context);

/* The path of a directory and of the directory that it is in. */
const char *tree_path(const struct directory *directory);
const struct directory *tree_parent(const struct directory *directory);

/* A number that always is the same for the same path. */
uint64_t tree_inode(const char *path);

#endif
