// SPDX-License-Identifier: GPL-2.0-only
/* Changes of names, which workers carry out: they may take long. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "pool.h"
#include "serve_node.h"

struct change {
	struct work work;
	fuse_req_t request;
	struct caller caller;
	struct entry in, to_in; /* directories, which refer to nothing */
	char *name, *second; /* the new name, or a link's target */
};

static void change_free(struct change *change)
{
	if (!change)
		return;
	free(change->name);
	free(change->second);
	free(change);
}

/* Has a worker run a change in a directory. */
static void change_submit(fuse_req_t request, void (*run)(struct work *work), fuse_ino_t parent,
			  const char *name, fuse_ino_t to_parent, const char *second)
{
	struct serve *serve = fuse_req_userdata(request);
	struct change *change = calloc(1, sizeof(*change));

	if (change) {
		change->name = strdup(name);
		change->second = strdup(second);
	}
	if (!change || !change->name || !change->second) {
		change_free(change);
		fuse_reply_err(request, ENOMEM);
		return;
	}
	change->work.run = run;
	change->request = request;
	change->caller = serve_caller(request);
	change->in = serve_node(request, parent)->entry;
	change->to_in = serve_node(request, to_parent)->entry;
	pool_submit(serve->pool, POOL_CHANGES, &change->work);
}

static void change_fail(const struct change *change, int error)
{
	char path[sizeof(change->in.path) + 256];

	snprintf(path, sizeof(path), "%s%s%s", change->in.path, change->in.path[0] ? "/" : "",
		 change->name);
	serve_fail(change->request, path, error);
}

static void change_end(struct change *change, int error)
{
	if (error)
		change_fail(change, error);
	else
		fuse_reply_err(change->request, 0);
	change_free(change);
}

static void unlink_run(struct work *work)
{
	struct change *change = (struct change *)work;

	change_end(change, tree_remove(&change->in, change->name, &change->caller));
}

void serve_unlink(fuse_req_t request, fuse_ino_t parent, const char *name)
{
	change_submit(request, unlink_run, parent, name, parent, "");
}

static void rename_run(struct work *work)
{
	struct change *change = (struct change *)work;

	change_end(change, tree_rename(&change->in, change->name, &change->to_in, change->second,
				       &change->caller));
}

/* What is there is never replaced, so that RENAME_NOREPLACE says nothing new. */
void serve_rename(fuse_req_t request, fuse_ino_t parent, const char *name, fuse_ino_t to_parent,
		  const char *to, unsigned int flags)
{
	if (flags & ~1U) /* RENAME_NOREPLACE */
		fuse_reply_err(request, EINVAL);
	else
		change_submit(request, rename_run, parent, name, to_parent, to);
}

/* Answers with what was made, unless there was an error. */
static void change_end_made(struct change *change, int error)
{
	struct node *node = NULL;
	struct entry entry;

	if (!error)
		error = tree_lookup(&change->in, change->name, &change->caller, &entry);
	if (!error) {
		node = serve_entry_node(fuse_req_userdata(change->request), &entry);
		error = node ? 0 : -ENOMEM;
	}
	if (error)
		change_fail(change, error);
	else
		serve_reply_node(change->request, node);
	change_free(change);
}

static void symlink_run(struct work *work)
{
	struct change *change = (struct change *)work;

	change_end_made(change,
			tree_link(&change->in, change->name, change->second, &change->caller));
}

void serve_symlink(fuse_req_t request, const char *target, fuse_ino_t parent, const char *name)
{
	change_submit(request, symlink_run, parent, name, parent, target);
}

static void mkdir_run(struct work *work)
{
	struct change *change = (struct change *)work;

	change_end_made(change, tree_make(&change->in, change->name, &change->caller));
}

void serve_mkdir(fuse_req_t request, fuse_ino_t parent, const char *name, mode_t mode)
{
	(void)mode;
	change_submit(request, mkdir_run, parent, name, parent, "");
}

static void rmdir_run(struct work *work)
{
	struct change *change = (struct change *)work;

	change_end(change, tree_unmake(&change->in, change->name, &change->caller));
}

void serve_rmdir(fuse_req_t request, fuse_ino_t parent, const char *name)
{
	change_submit(request, rmdir_run, parent, name, parent, "");
}

void serve_readlink(fuse_req_t request, fuse_ino_t inode)
{
	const struct document *target = serve_node(request, inode)->entry.document;

	if (target)
		fuse_reply_readlink(request, target->bytes);
	else
		fuse_reply_err(request, EINVAL);
}
