// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "inbox.h"
#include "pool.h"
#include "reader.h"
#include "serve_node.h"
#include "signals.h"

/* The opening of a table, in a worker: the view may have to be loaded and the kernel walked. */
struct opening {
	struct work work;
	LIST_ENTRY(opening) link;
	struct serve *serve;
	fuse_req_t request; /* NULL once it was interrupted; the node may be gone then */
	struct fuse_file_info info;
	struct node *node;
	struct entry entry;
	struct caller caller;
};

static struct handle *handle_create(struct node *node)
{
	struct handle *handle = calloc(1, sizeof(*handle));

	if (handle) {
		handle->node = node;
		handle->opens = 1;
	}
	return handle;
}

/*
 * Opens once more what is open of the node already, or else handle, which may be NULL: an open by
 * way of /proc/PID/fd or /dev/stdin comes to the node of an open file, and other rows would change
 * the size and the pages that its readers see.
 */
static struct handle *handle_share(struct serve *serve, struct node *node, bool writes,
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
	reader_close(handle->reader);
	if (handle->inbox)
		inbox_close(handle->inbox);
	free(handle);
}

static void opened(fuse_req_t request, struct serve *serve, struct handle *handle,
		   struct fuse_file_info *info)
{
	info->fh = (uint64_t)handle;
	info->direct_io = handle->inbox != NULL;
	info->noflush = handle->inbox == NULL;
	if (fuse_reply_open(request, info) == -ENOENT) /* the caller is gone; no release follows */
		handle_put(serve, handle);
}

static int reader_open(struct serve *serve, const struct entry *entry, const struct caller *caller,
		       struct reader **out)
{
	struct source *source = NULL;
	int error = entry->open(entry, caller, &source);

	if (!error)
		error = reader_create(serve->pool, source, entry->format, entry->usage, out);
	if (error)
		return error;
	error = reader_start(*out);
	if (error) {
		reader_close(*out);
		*out = NULL;
	}
	return error;
}

/* Whether the request still wants its answer, which then is this caller's to give. */
static bool opening_claim(struct opening *opening)
{
	struct serve *serve = opening->serve;
	bool wanted;

	pthread_mutex_lock(&serve->lock);
	wanted = opening->request != NULL;
	LIST_REMOVE(opening, link);
	pthread_mutex_unlock(&serve->lock);
	return wanted;
}

/* What was open before, or asked for its size by an O_PATH descriptor, has one in the kernel. */
static void opening_finish(struct opening *opening, struct handle *handle)
{
	struct handle *shared = handle_share(opening->serve, opening->node, false, handle);

	if (shared != handle) { /* another open of the same node was faster */
		reader_close(handle->reader);
		free(handle);
	} else if (atomic_exchange(&opening->node->sized, true)) {
		serve_forget_size(opening->serve, opening->node);
	}
	opened(opening->request, opening->serve, shared, &opening->info);
}

static void opening_run(struct work *work)
{
	struct opening *opening = (struct opening *)work;
	struct serve *serve = opening->serve;
	struct reader *reader = NULL;
	struct handle *handle;
	int error = reader_open(serve, &opening->entry, &opening->caller, &reader);

	if (!opening_claim(opening)) {
		reader_close(reader);
	} else if (error) {
		serve_fail(opening->request, opening->entry.path, error);
	} else if (!(handle = handle_create(opening->node))) {
		reader_close(reader);
		serve_fail(opening->request, opening->entry.path, -ENOMEM);
	} else {
		handle->reader = reader;
		opening_finish(opening, handle);
	}
	free(opening);
}

/* A killed process waits for the answer to its open: it gets one, whatever the worker waits for. */
static void opening_interrupted(fuse_req_t request, void *data)
{
	struct serve *serve = data;
	struct opening *opening;

	if (!signals_end_wait(fuse_req_ctx(request)->pid))
		return;
	pthread_mutex_lock(&serve->lock);
	LIST_FOREACH(opening, &serve->openings, link)
	if (opening->request == request)
		break;
	if (opening)
		opening->request = NULL;
	pthread_mutex_unlock(&serve->lock);
	if (opening)
		fuse_reply_err(request, EINTR);
}

static void table_open(fuse_req_t request, struct node *node, struct fuse_file_info *info)
{
	struct serve *serve = fuse_req_userdata(request);
	struct opening *opening = calloc(1, sizeof(*opening));

	if (!opening) {
		fuse_reply_err(request, ENOMEM);
		return;
	}
	*opening = (struct opening){
		.work.run = opening_run,
		.serve = serve,
		.request = request,
		.info = *info,
		.node = node,
		.entry = node->entry,
		.caller = serve_caller(request),
	};
	pthread_mutex_lock(&serve->lock);
	LIST_INSERT_HEAD(&serve->openings, opening, link);
	pthread_mutex_unlock(&serve->lock);
	fuse_req_interrupt_func(request, opening_interrupted, serve);
	pool_submit(serve->pool, POOL_PROMPT, &opening->work);
}

static void inbox_open(fuse_req_t request, struct node *node, struct fuse_file_info *info)
{
	struct serve *serve = fuse_req_userdata(request);
	struct handle *handle = handle_create(node);
	bool reads = (info->flags & O_ACCMODE) == O_RDWR;
	int error = handle ? inbox_create(serve->pool, &node->entry, fuse_req_ctx(request)->uid,
					  reads, &handle->inbox)
			   : -ENOMEM;

	if (error) {
		free(handle);
		serve_fail(request, node->entry.path, error);
		return;
	}
	handle_share(serve, node, true, handle);
	opened(request, serve, handle, info);
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
	if (want & 02 && entry->type != ENTRY_INBOX)
		return explain(-EACCES, "", "%s can only be read", entry->path);
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
	} else if (node->entry.type == ENTRY_TEXT) {
		info->keep_cache = 1;
		info->noflush = 1;
		fuse_reply_open(request, info);
	} else if ((shared = handle_share(serve, node, writes, NULL))) {
		info->keep_cache = 1;
		opened(request, serve, shared, info);
	} else if (writes) {
		inbox_open(request, node, info);
	} else {
		table_open(request, node, info);
	}
}
