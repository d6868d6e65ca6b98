// SPDX-License-Identifier: GPL-2.0-only
/* Changes in the tree: who may make them, and where. */
#include <errno.h>
#include <string.h>

#include "explain.h"
#include "tree_directory.h"

static bool allowed;

void tree_allow_changes(void)
{
	allowed = true;
}

bool tree_may_change(const struct entry *in)
{
	return allowed && in->type == ENTRY_DIRECTORY && in->directory->changes;
}

/* `there` is whether the directory knows that change. */
static int change_check(bool there, const struct caller *caller)
{
	if (!there)
		return explain(-EROFS, "", "it can only be read");
	if (!allowed)
		return explain(-EACCES, "mount with -o load", "this mount allows no changes");
	if (caller->user != 0)
		return explain(-EACCES, "", "only root may do that");
	return 0;
}

#define CHANGES(in, change) ((in)->directory->changes && (in)->directory->changes->change)

int tree_create(const struct entry *in, const char *name, const struct caller *caller,
		struct entry *out)
{
	int error = change_check(CHANGES(in, create), caller);

	memset(out, 0, sizeof(*out));
	if (!error)
		error = entry_join(out, in, name);
	return error ? error : in->directory->changes->create(in, name, out);
}

int tree_store(const struct entry *entry, const struct caller *caller, struct buffer *bytes)
{
	int error = change_check(entry->stored, caller);

	return error ? error : entry->directory->changes->store(entry, bytes);
}

int tree_remove(const struct entry *in, const char *name, const struct caller *caller)
{
	int error = change_check(CHANGES(in, remove), caller);

	return error ? error : in->directory->changes->remove(in, name);
}

int tree_rename(const struct entry *in, const char *name, const struct entry *to_in, const char *to,
		const struct caller *caller)
{
	int error = change_check(CHANGES(in, rename), caller);

	if (!error && strcmp(in->path, to_in->path))
		error = explain(-EXDEV, "", "it can't be moved to another folder");
	return error ? error : in->directory->changes->rename(in, name, to);
}

int tree_link(const struct entry *in, const char *name, const char *target,
	      const struct caller *caller)
{
	int error = change_check(CHANGES(in, link), caller);

	return error ? error : in->directory->changes->link(in, name, target, caller);
}

int tree_make(const struct entry *in, const char *name, const struct caller *caller)
{
	int error = change_check(CHANGES(in, make), caller);

	return error ? error : in->directory->changes->make(in, name);
}

int tree_unmake(const struct entry *in, const char *name, const struct caller *caller)
{
	int error = change_check(CHANGES(in, unmake), caller);

	return error ? error : in->directory->changes->unmake(in, name);
}
