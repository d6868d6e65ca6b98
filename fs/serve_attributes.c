// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>

#include "document.h"
#include "reader.h"
#include "serve_node.h"
#include "signals.h"

#define SECONDS_KEPT 1.0

static time_t started(void)
{
	static time_t first;

	if (!first)
		first = time(NULL);
	return first;
}

uint64_t serve_size(const struct entry *entry, uint64_t unknown)
{
	if (entry->type == ENTRY_DIRECTORY)
		return 0;
	return entry->document ? entry->document->size : unknown;
}

double serve_seconds_kept(const struct entry *entry)
{
	bool fixed = entry->type == ENTRY_DIRECTORY || entry->type == ENTRY_DOCUMENT;

	return fixed && !entry->brief ? SECONDS_KEPT : 0;
}

void serve_attributes(const struct serve *serve, const struct entry *entry, uint64_t size,
		      struct stat *out)
{
	memset(out, 0, sizeof(*out));
	out->st_ino = tree_inode(entry->path);
	out->st_mode = serve_mode(&serve->access, entry);
	out->st_nlink = entry->type == ENTRY_DIRECTORY ? 2 : 1;
	out->st_uid = serve->access.owner;
	out->st_gid = serve->access.group;
	out->st_size = (off_t)size;
	out->st_blocks = (blkcnt_t)((size + 511) / 512);
	out->st_blksize = 1 << 17;
	out->st_mtime = entry->document ? entry->document->time : started();
	out->st_atime = out->st_ctime = out->st_mtime;
}

static void attributes_reply(fuse_req_t request, const struct entry *entry, uint64_t size)
{
	struct stat attributes;

	serve_attributes(fuse_req_userdata(request), entry, size, &attributes);
	fuse_reply_attr(request, &attributes, serve_seconds_kept(entry));
}

/* fstat of an open table, which waits for the table's end. */
struct size_request {
	struct reader_wait wait;
	fuse_req_t request;
	const struct node *node;
};

static void size_done(struct reader_wait *wait, const struct reader_answer *answer)
{
	struct size_request *size = (struct size_request *)wait;

	if (answer->error)
		fuse_reply_err(size->request, -answer->error);
	else
		attributes_reply(size->request, &size->node->entry, answer->whole);
	free(size);
}

static void size_interrupted(fuse_req_t request, void *data)
{
	if (signals_end_wait(fuse_req_ctx(request)->pid))
		reader_interrupt(data, request);
}

static void size_ask(fuse_req_t request, const struct node *node, struct reader *reader)
{
	struct size_request *size = calloc(1, sizeof(*size));

	if (!size) {
		fuse_reply_err(request, ENOMEM);
		return;
	}
	size->request = request;
	size->node = node;
	size->wait.key = request;
	size->wait.done = size_done;
	fuse_req_interrupt_func(request, size_interrupted, reader);
	reader_size(reader, &size->wait);
}

void serve_forget_size(const struct serve *serve, struct node *node)
{
	struct fuse_bufvec byte = FUSE_BUFVEC_INIT(1);
	/* Only a size that grows counts as newer than the attributes that are under way. */
	off_t last = (off_t)SIZE_UNKNOWN + node->sizes_forgotten++;

	byte.buf[0].mem = "";
	fuse_lowlevel_notify_store(serve->session, (fuse_ino_t)node, last, &byte, 0);
	fuse_lowlevel_notify_inval_inode(serve->session, (fuse_ino_t)node, last, 1);
}

void serve_getattr(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info)
{
	struct node *node = serve_node(request, inode);
	struct handle *handle = info ? (struct handle *)info->fh : node->handle;

	node->sized = true;
	if (handle && handle->reader) {
		size_ask(request, node, handle->reader);
		return;
	}
	if (handle && handle->inbox) /* the answer is older than this, and changes nothing then */
		serve_forget_size(fuse_req_userdata(request), node);
	attributes_reply(request, &node->entry, serve_size(&node->entry, 0));
}

/*
 * A shell's > truncates what it opens; cp -p, mv and install set what a file has of its own, which
 * nothing has here. None of that needs to fail. Of an inbox, this answer's size is the kernel's
 * from then on, and no one else's.
 */
void serve_setattr(fuse_req_t request, fuse_ino_t inode, struct stat *attributes, int which,
		   struct fuse_file_info *info)
{
	struct node *node = serve_node(request, inode);
	int allowed = FUSE_SET_ATTR_SIZE | FUSE_SET_ATTR_ATIME | FUSE_SET_ATTR_MTIME |
		      FUSE_SET_ATTR_ATIME_NOW | FUSE_SET_ATTR_MTIME_NOW | FUSE_SET_ATTR_CTIME;

	if (node->entry.stored)
		allowed |= FUSE_SET_ATTR_MODE | FUSE_SET_ATTR_UID | FUSE_SET_ATTR_GID;
	if ((node->entry.type != ENTRY_INBOX && !node->entry.stored) || which & ~allowed) {
		fuse_reply_err(request, EPERM);
		return;
	}
	if (node->entry.stored && which & FUSE_SET_ATTR_SIZE && info)
		serve_upload_resize((struct handle *)info->fh, attributes->st_size);
	if (node->entry.stored)
		attributes_reply(request, &node->entry, serve_size(&node->entry, 0));
	else
		attributes_reply(request, &node->entry, SIZE_UNKNOWN);
}

void serve_statfs(fuse_req_t request, fuse_ino_t inode)
{
	struct statvfs answer = {.f_bsize = 4096, .f_frsize = 4096, .f_namemax = 95};

	(void)inode;
	fuse_reply_statfs(request, &answer);
}
