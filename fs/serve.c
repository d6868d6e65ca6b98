// SPDX-License-Identifier: GPL-2.0-only
#include "serve_node.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "explain.h"
#include "failures.h"

static void serve_init(void *data, struct fuse_conn_info *connection)
{
	(void)data;
	/*
	 * Read-ahead by the reader itself: background requests are few for the whole mount, and
	 * those that wait for a long table would hold up everybody's.
	 */
	connection->want &= ~(unsigned int)FUSE_CAP_ASYNC_READ;
	/* Would ask for the attributes before each cached read, and drop pages by them. */
	connection->want &= ~(unsigned int)FUSE_CAP_AUTO_INVAL_DATA;
	/* More time for the same bytes. */
	connection->want &= ~(unsigned int)(FUSE_CAP_SPLICE_READ | FUSE_CAP_SPLICE_WRITE |
					    FUSE_CAP_SPLICE_MOVE);
	/* Each name's attributes are asked for anew when it is used. */
	connection->want &= ~(unsigned int)(FUSE_CAP_READDIRPLUS | FUSE_CAP_READDIRPLUS_AUTO);
}

static const struct fuse_lowlevel_ops operations = {
	.init = serve_init,
	.lookup = serve_lookup,
	.forget = serve_forget,
	.forget_multi = serve_forget_multi,
	.getattr = serve_getattr,
	.setattr = serve_setattr,
	.statfs = serve_statfs,
	.opendir = serve_opendir,
	.readdir = serve_readdir,
	.releasedir = serve_releasedir,
	.open = serve_open,
	.read = serve_read,
	.write = serve_write,
	.flush = serve_flush,
	.release = serve_release,
	.create = serve_create,
	.unlink = serve_unlink,
	.rename = serve_rename,
	.symlink = serve_symlink,
	.mkdir = serve_mkdir,
	.rmdir = serve_rmdir,
	.readlink = serve_readlink,
};

struct serve *serve_mount(struct fuse_args *arguments, const char *mountpoint,
			  const struct access *access)
{
	struct serve *serve = calloc(1, sizeof(*serve));

	if (!serve)
		return NULL;
	pthread_mutex_init(&serve->lock, NULL);
	serve->access = *access;
	tree_root(&serve->root.entry);
	serve->session = fuse_session_new(arguments, &operations, sizeof(operations), serve);
	if (serve->session && !fuse_session_mount(serve->session, mountpoint))
		return serve;
	if (serve->session)
		fuse_session_destroy(serve->session);
	free(serve);
	return NULL;
}

/* The handles stay: a worker may be about to answer an open with one. */
static void serve_close_all(struct serve *serve)
{
	struct handle *handle, closed;

	do {
		pthread_mutex_lock(&serve->lock);
		LIST_FOREACH(handle, &serve->handles, link)
		if (handle->reader || handle->inbox)
			break;
		if (handle) {
			closed = *handle;
			handle->reader = NULL;
			handle->inbox = NULL;
		}
		pthread_mutex_unlock(&serve->lock);
		if (handle)
			handle_close(&closed);
	} while (handle);
}

int serve_loop(struct serve *serve, struct pool *pool)
{
	int error;

	serve->pool = pool;
	if (fuse_set_signal_handlers(serve->session))
		return -EINVAL;
	error = fuse_session_loop(serve->session);
	fuse_remove_signal_handlers(serve->session);
	serve_close_all(serve); /* long tables end here, and leave the pool */
	return error < 0 ? error : 0; /* a positive one is the signal that ended it */
}

/*
 * Closes the descriptor first: the kernel keeps a worker's descriptors for as long as it is stuck,
 * and the requests of what stays open would wait that long.
 */
void serve_unmount(struct serve *serve)
{
	fuse_session_unmount(serve->session);
}

void serve_free(struct serve *serve)
{
	struct handle *handle;
	struct node *node;

	if (!serve)
		return;
	serve_unmount(serve);
	while ((handle = LIST_FIRST(&serve->handles)))
		handle_put(serve, handle);
	while ((node = LIST_FIRST(&serve->nodes)))
		serve_forget_node(serve, node, node->lookups);
	while ((node = LIST_FIRST(&serve->directories)))
		serve_forget_node(serve, node, node->lookups);
	fuse_session_destroy(serve->session);
	free(serve);
}

struct node *serve_node(fuse_req_t request, fuse_ino_t inode)
{
	struct serve *serve = fuse_req_userdata(request);

	return inode == FUSE_ROOT_ID ? &serve->root : (struct node *)inode;
}

struct caller serve_caller(fuse_req_t request)
{
	const struct fuse_ctx *context = fuse_req_ctx(request);

	return (struct caller){context->uid, context->pid};
}

void serve_fail_words(fuse_req_t request, const char *path, int error,
		      const struct explanation *words)
{
	failure_add(error, fuse_req_ctx(request)->pid, path, words);
	fuse_reply_err(request, -error);
}

void serve_fail(fuse_req_t request, const char *path, int error)
{
	struct explanation words;

	explain_take(&words);
	serve_fail_words(request, path, error, &words);
}
