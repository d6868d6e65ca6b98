// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "dissector.h"
#include "inbox.h"
#include "reader.h"
#include "serve_node.h"

struct handle *handle_create(struct node *node)
{
	struct handle *handle = calloc(1, sizeof(*handle));

	if (handle) {
		handle->node = node;
		handle->opens = 1;
	}
	return handle;
}

struct handle *handle_share(struct serve *serve, struct node *node, bool writes,
			    struct handle *handle)
{
	struct handle *other;

	pthread_mutex_lock(&serve->lock);
	other = node->handle;
	if (other && (other->inbox || !writes)) {
		other->opens++;
		handle = other;
	} else if (handle) {
		LIST_INSERT_HEAD(&serve->handles, handle, link);
		if (!other)
			node->handle = handle;
	}
	pthread_mutex_unlock(&serve->lock);
	return handle;
}

static void inbox_closed(struct reader_wait *wait, const struct reader_answer *answer)
{
	(void)answer;
	free((char *)wait - offsetof(struct inbox_request, wait));
}

static void inbox_close(struct inbox *inbox)
{
	struct inbox_request *close = calloc(1, sizeof(*close));

	if (!close) /* leaks it: there is no other way to say so to its worker */
		return;
	close->operation = INBOX_CLOSE;
	close->wait.done = inbox_closed;
	inbox_submit(inbox, close);
}

void handle_close(const struct handle *handle)
{
	reader_close(handle->reader);
	if (handle->inbox)
		inbox_close(handle->inbox);
}

void handle_put(struct serve *serve, struct handle *handle)
{
	bool last;

	pthread_mutex_lock(&serve->lock);
	last = --handle->opens == 0;
	if (last) {
		LIST_REMOVE(handle, link);
		if (handle->node->handle == handle)
			handle->node->handle = NULL;
	}
	pthread_mutex_unlock(&serve->lock);
	if (!last)
		return;
	handle_close(handle);
	serve_upload_free(handle->upload);
	free(handle);
}

void handle_opened(fuse_req_t request, struct serve *serve, struct handle *handle,
		   struct fuse_file_info *info)
{
	info->fh = (uint64_t)handle;
	info->direct_io = handle->inbox || handle->upload;
	info->noflush = !info->direct_io;
	if (fuse_reply_open(request, info) == -ENOENT) /* the caller is gone; no release follows */
		handle_put(serve, handle);
}

static void inbox_open(fuse_req_t request, struct node *node, struct fuse_file_info *info)
{
	struct serve *serve = fuse_req_userdata(request);
	struct handle *handle = handle_create(node);
	bool reads = (info->flags & O_ACCMODE) == O_RDWR;
	struct dissectors dissectors = {0};
	int error = handle ? tree_dissectors(&node->entry, &dissectors) : -ENOMEM;

	if (!error)
		error = inbox_create(serve->pool, &node->entry, &dissectors,
				     fuse_req_ctx(request)->uid, reads, &handle->inbox);
	if (error) {
		dissectors_put(&dissectors);
		free(handle);
		serve_fail(request, node->entry.path, error);
		return;
	}
	handle_share(serve, node, true, handle);
	handle_opened(request, serve, handle, info);
}

/* What the caller may not do, with words, or 0. */
static int open_check(fuse_req_t request, const struct entry *entry, int flags)
{
	int access = flags & O_ACCMODE;
	mode_t want = 0;

	if (access != O_WRONLY)
		want |= 04;
	if (access != O_RDONLY || flags & O_TRUNC)
		want |= 02;
	if (want & 02 && entry->type != ENTRY_INBOX && !entry->stored)
		return explain(-EACCES, "", "%s can only be read", entry->path);
	if (want & 04 && entry->type == ENTRY_DOCUMENT && (want & 02 || !entry->document))
		return explain(-EINVAL, "write the whole, and close it; then it can be read",
			       "%s can't be read while it is written", entry->path);
	if (!serve_permits(request, entry, want))
		return explain(-EACCES, "mount with -o uid=, gid= or mode= to let others in",
			       "%s is not for this user", entry->path);
	return 0;
}

void serve_open(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info)
{
	struct serve *serve = fuse_req_userdata(request);
	struct node *node = serve_node(request, inode);
	bool writes = (info->flags & O_ACCMODE) != O_RDONLY;
	int error = open_check(request, &node->entry, info->flags);
	struct handle *shared;

	if (error) {
		serve_fail(request, node->entry.path, error);
	} else if (node->entry.type == ENTRY_DOCUMENT && writes) {
		serve_upload_open(request, node, info);
	} else if (node->entry.type == ENTRY_DOCUMENT) {
		info->keep_cache = 1;
		info->noflush = 1;
		fuse_reply_open(request, info);
	} else if ((shared = handle_share(serve, node, writes, NULL))) {
		info->keep_cache = 1;
		handle_opened(request, serve, shared, info);
	} else if (writes) {
		inbox_open(request, node, info);
	} else {
		serve_open_table(request, node, info);
	}
}
