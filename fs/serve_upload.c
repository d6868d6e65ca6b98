// SPDX-License-Identifier: GPL-2.0-only
/* Documents that are stored: written into memory, and taken by the tree when they are closed. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "document.h"
#include "loaded.h"
#include "pool.h"
#include "serve_node.h"

struct upload {
	struct buffer bytes;
	bool changed; /* since it was stored last */
};

/* A close or a write, which waits until the tree has taken the bytes. */
struct storing {
	struct work work;
	fuse_req_t request;
	size_t written; /* of a write; else 0 */
	struct caller caller;
	struct entry entry; /* without references */
	struct buffer bytes;
};

static struct handle *upload_handle(struct serve *serve, struct node *node)
{
	struct handle *handle = handle_create(node);
	struct upload *upload = calloc(1, sizeof(*upload));

	if (!handle || !upload) {
		free(handle);
		free(upload);
		return NULL;
	}
	handle->upload = upload;
	pthread_mutex_lock(&serve->lock);
	LIST_INSERT_HEAD(&serve->handles, handle, link);
	pthread_mutex_unlock(&serve->lock);
	return handle;
}

void serve_upload_open(fuse_req_t request, struct node *node, struct fuse_file_info *info)
{
	struct serve *serve = fuse_req_userdata(request);
	struct handle *handle = upload_handle(serve, node);
	const struct document *before = node->entry.document;

	if (handle && before && !(info->flags & O_TRUNC) && !node->entry.at_once)
		buffer_put(&handle->upload->bytes, before->bytes, before->size);
	if (handle)
		handle_opened(request, serve, handle, info);
	else
		serve_fail(request, node->entry.path, -ENOMEM);
}

void serve_create(fuse_req_t request, fuse_ino_t parent, const char *name, mode_t mode,
		  struct fuse_file_info *info)
{
	struct serve *serve = fuse_req_userdata(request);
	const struct caller caller = serve_caller(request);
	struct fuse_entry_param reply = {0};
	struct handle *handle = NULL;
	struct node *node = NULL;
	struct entry entry;
	int error = tree_create(&serve_node(request, parent)->entry, name, &caller, &entry);

	(void)mode;
	if (!error && (info->flags & O_ACCMODE) != O_WRONLY)
		error = explain(-EINVAL, "", "%s can't be read while it is written", entry.path);
	if (!error) {
		node = serve_entry_node(serve, &entry);
		handle = node ? upload_handle(serve, node) : NULL;
		error = handle ? 0 : -ENOMEM;
	}
	if (error) {
		serve_fail(request, entry.path, error);
		if (node)
			serve_forget_node(serve, node, 1);
		return;
	}
	serve_attributes(serve, &node->entry, 0, &reply.attr);
	reply.ino = (fuse_ino_t)node;
	info->fh = (uint64_t)handle;
	info->direct_io = 1;
	if (fuse_reply_create(request, &reply, info) == -ENOENT) {
		handle_put(serve, handle);
		serve_forget_node(serve, node, 1);
	}
}

/* False when it would be too large, or without memory. */
static bool bytes_resize(struct buffer *bytes, uint64_t size)
{
	if (size > LOADED_SIZE_MOST)
		return false;
	if (size > bytes->size) {
		if (!buffer_room(bytes, size - bytes->size))
			return false;
		memset(bytes->data + bytes->size, 0, size - bytes->size);
	}
	bytes->size = size;
	return true;
}

static void storing_run(struct work *work)
{
	struct storing *storing = (struct storing *)work;
	int error = tree_store(&storing->entry, &storing->caller, &storing->bytes);

	if (error)
		serve_fail(storing->request, storing->entry.path, error);
	else if (storing->written)
		fuse_reply_write(storing->request, storing->written);
	else
		fuse_reply_err(storing->request, 0);
	buffer_free(&storing->bytes);
	free(storing);
}

/* Has a worker store a copy of the bytes. */
static void storing_submit(fuse_req_t request, const struct entry *entry, const void *bytes,
			   size_t size, bool is_write)
{
	struct serve *serve = fuse_req_userdata(request);
	struct storing *storing = calloc(1, sizeof(*storing));

	if (storing)
		buffer_put(&storing->bytes, bytes, size);
	if (!storing || storing->bytes.failed) {
		free(storing);
		fuse_reply_err(request, ENOMEM);
		return;
	}
	storing->work.run = storing_run;
	storing->request = request;
	storing->written = is_write ? size : 0;
	storing->caller = serve_caller(request);
	storing->entry = *entry;
	storing->entry.document = NULL;
	pool_submit(serve->pool, POOL_CHANGES, &storing->work);
}

void serve_upload_write(fuse_req_t request, struct handle *handle, const char *bytes, size_t size,
			off_t offset)
{
	struct upload *upload = handle->upload;
	uint64_t end = (uint64_t)offset + size;

	if (handle->node->entry.at_once) {
		storing_submit(request, &handle->node->entry, bytes, size, true);
		return;
	}
	if (end > upload->bytes.size && !bytes_resize(&upload->bytes, end)) {
		serve_fail(request, handle->node->entry.path,
			   explain(-EFBIG, "", "an object may have %d bytes", LOADED_SIZE_MOST));
		return;
	}
	memcpy(upload->bytes.data + offset, bytes, size);
	upload->changed = true;
	fuse_reply_write(request, size);
}

void serve_upload_resize(struct handle *handle, off_t size)
{
	if (handle->upload && bytes_resize(&handle->upload->bytes, (uint64_t)size))
		handle->upload->changed = true;
}

/* With nothing written, as by a shell that opens a file for a command, nothing is stored. */
void serve_upload_flush(fuse_req_t request, struct handle *handle)
{
	struct upload *upload = handle->upload;

	if (!upload->changed || handle->node->entry.at_once) {
		fuse_reply_err(request, 0);
		return;
	}
	upload->changed = false;
	storing_submit(request, &handle->node->entry, upload->bytes.data, upload->bytes.size,
		       false);
}

void serve_upload_free(struct upload *upload)
{
	if (!upload)
		return;
	buffer_free(&upload->bytes);
	free(upload);
}
