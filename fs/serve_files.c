// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "inbox.h"
#include "reader.h"
#include "serve_node.h"
#include "signals.h"

/* A read, write or flush under way. */
struct transfer {
	struct inbox_request inbox;
	fuse_req_t request;
	const char *path;
	size_t written;
	char bytes[]; /* of a write */
};

static struct transfer *transfer_create(fuse_req_t request, struct handle *handle,
					const void *bytes, size_t size)
{
	struct transfer *transfer = malloc(sizeof(*transfer) + size);

	if (!transfer) {
		fuse_reply_err(request, ENOMEM);
		return NULL;
	}
	memset(transfer, 0, sizeof(*transfer));
	transfer->request = request;
	transfer->path = handle->node->entry.path;
	transfer->inbox.wait.key = request;
	transfer->inbox.bytes = transfer->bytes;
	transfer->inbox.size = size;
	if (size)
		memcpy(transfer->bytes, bytes, size);
	return transfer;
}

static struct transfer *transfer_of(struct reader_wait *wait)
{
	return (struct transfer *)((char *)wait - offsetof(struct transfer, inbox.wait));
}

static bool transfer_failed(struct transfer *transfer, const struct reader_answer *answer)
{
	static const struct explanation no_words;

	if (!answer->error)
		return false;
	if (answer->error == -EINTR)
		fuse_reply_err(transfer->request, EINTR);
	else
		serve_fail_words(transfer->request, transfer->path, answer->error,
				 answer->words ? answer->words : &no_words);
	free(transfer);
	return true;
}

static void read_done(struct reader_wait *wait, const struct reader_answer *answer)
{
	struct transfer *transfer = transfer_of(wait);

	if (transfer_failed(transfer, answer))
		return;
	fuse_reply_buf(transfer->request, answer->bytes, answer->size);
	free(transfer);
}

static void write_done(struct reader_wait *wait, const struct reader_answer *answer)
{
	struct transfer *transfer = transfer_of(wait);

	if (transfer_failed(transfer, answer))
		return;
	fuse_reply_write(transfer->request, transfer->inbox.size);
	free(transfer);
}

static void flush_done(struct reader_wait *wait, const struct reader_answer *answer)
{
	struct transfer *transfer = transfer_of(wait);

	if (transfer_failed(transfer, answer))
		return;
	fuse_reply_err(transfer->request, 0);
	free(transfer);
}

static void read_interrupted(fuse_req_t request, void *data)
{
	if (signals_end_wait(fuse_req_ctx(request)->pid))
		reader_interrupt(data, request);
}

static void document_reply(fuse_req_t request, const struct document *document, size_t size,
			   off_t offset)
{
	size_t whole = document->size, from = (uint64_t)offset > whole ? whole : (size_t)offset;

	fuse_reply_buf(request, document->bytes + from, size < whole - from ? size : whole - from);
}

void serve_read(fuse_req_t request, fuse_ino_t inode, size_t size, off_t offset,
		struct fuse_file_info *info)
{
	struct handle *handle = (struct handle *)info->fh;
	struct transfer *transfer;

	if (!handle) {
		document_reply(request, serve_node(request, inode)->entry.document, size, offset);
		return;
	}
	/*
	 * splice and sendfile read by whole pages, whose place in the result depends on what was
	 * written, and never say whose read it is. Refused, they are done by reads instead.
	 */
	if (handle->inbox && !info->lock_owner) {
		fuse_reply_err(request, EINVAL);
		return;
	}
	transfer = transfer_create(request, handle, NULL, 0);
	if (!transfer)
		return;
	transfer->inbox.wait.done = read_done;
	transfer->inbox.operation = INBOX_READ;
	transfer->inbox.offset = (uint64_t)offset;
	transfer->inbox.size = size;
	if (handle->inbox) {
		inbox_submit(handle->inbox, &transfer->inbox);
		return;
	}
	fuse_req_interrupt_func(request, read_interrupted, handle->reader);
	reader_read(handle->reader, &transfer->inbox.wait, (uint64_t)offset, size);
}

void serve_write(fuse_req_t request, fuse_ino_t inode, const char *bytes, size_t size, off_t offset,
		 struct fuse_file_info *info)
{
	struct handle *handle = (struct handle *)info->fh;
	struct transfer *transfer;

	(void)inode;
	if (handle->upload) {
		serve_upload_write(request, handle, bytes, size, offset);
		return;
	}
	transfer = transfer_create(request, handle, bytes, size);
	if (!transfer)
		return;
	transfer->inbox.operation = INBOX_WRITE;
	transfer->inbox.offset = (uint64_t)offset;
	transfer->inbox.wait.done = write_done;
	inbox_submit(handle->inbox, &transfer->inbox);
}

void serve_flush(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info)
{
	struct handle *handle = (struct handle *)info->fh;
	struct transfer *transfer;

	(void)inode;
	if (handle && handle->upload) {
		serve_upload_flush(request, handle);
		return;
	}
	if (!handle || !handle->inbox) {
		fuse_reply_err(request, 0);
		return;
	}
	transfer = transfer_create(request, handle, NULL, 0);
	if (!transfer)
		return;
	transfer->inbox.operation = INBOX_FLUSH;
	transfer->inbox.wait.done = flush_done;
	inbox_submit(handle->inbox, &transfer->inbox);
}

void serve_release(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info)
{
	(void)inode;
	if (info->fh)
		handle_put(fuse_req_userdata(request), (struct handle *)info->fh);
	fuse_reply_err(request, 0);
}
