/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of serve*.c: nodes, handles, and the answers to names and attributes. */
#ifndef BPFVIEW_SERVE_NODE_H
#define BPFVIEW_SERVE_NODE_H

#define FUSE_USE_VERSION 314
#include <fuse_lowlevel.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/queue.h>

#include "explain.h"
#include "serve.h"
#include "tree.h"

struct inbox;
struct reader;
struct upload;

/*
 * Until an open's size is known, and of an inbox always: splice and sendfile read up to this, or to
 * a short answer.
 */
#define SIZE_UNKNOWN (1ULL << 40)

/*
 * What the kernel knows as an inode. Each look-up of a file makes a node of its own, so that an
 * open's size and pages are private to it: splice and sendfile go by the inode's size, which
 * belongs to one open's rows. The root's node is part of struct serve.
 */
struct node {
	LIST_ENTRY(node) link;
	struct entry entry;
	uint64_t lookups; /* that the kernel has not forgotten */
	struct handle *_Atomic handle; /* of what is open of it; set under the lock */
	atomic_uint sizes_forgotten;
	atomic_bool sized; /* the kernel may know a size of it that is not SIZE_UNKNOWN */
};

/* An open file; a document needs none. Shared by all opens of its node. */
struct handle {
	LIST_ENTRY(handle) link;
	struct node *node;
	unsigned int opens; /* under the lock */
	struct reader *reader; /* of a table */
	struct inbox *inbox; /* of an inbox that is open for writing */
	struct upload *upload; /* of a stored document that is open for writing */
};

struct serve {
	struct fuse_session *session;
	struct access access;
	struct node root;
	struct pool *pool;
	LIST_HEAD(, node) nodes; /* of files */
	LIST_HEAD(, node) directories;
	pthread_mutex_t lock; /* of what workers change too: the lists, nodes' handles, opens */
	LIST_HEAD(, handle) handles;
	LIST_HEAD(, opening) openings;
};

struct node *serve_node(fuse_req_t request, fuse_ino_t inode);

struct caller serve_caller(fuse_req_t request);

/* The node of an entry, which it takes, looked up once more. Any thread. NULL: no memory. */
struct node *serve_entry_node(struct serve *serve, struct entry *entry);
/* Takes count look-ups off a node, which is freed with the last. */
void serve_forget_node(struct serve *serve, struct node *node, uint64_t count);
/* Answers with a node that was looked up once more. */
void serve_reply_node(fuse_req_t request, struct node *node);

mode_t serve_mode(const struct access *access, const struct entry *entry);

/* What is known of an entry's size; of a table nothing, which is `unknown`. */
uint64_t serve_size(const struct entry *entry, uint64_t unknown);

/* For how long the kernel may go by an entry's name and attributes. */
double serve_seconds_kept(const struct entry *entry);

/* Fills in the attributes of an entry that is size bytes long. */
void serve_attributes(const struct serve *serve, const struct entry *entry, uint64_t size,
		      struct stat *out);

/* Whether the caller may read (04), write (02) or search (01) it, by the entry's mode. */
bool serve_permits(fuse_req_t request, const struct entry *entry, mode_t want);

/* Answers with an error and keeps it, with this thread's words, in `errors`. */
void serve_fail(fuse_req_t request, const char *path, int error);
/* The same with words from elsewhere. */
void serve_fail_words(fuse_req_t request, const char *path, int error,
		      const struct explanation *words);

/* serve_names.c */
void serve_lookup(fuse_req_t request, fuse_ino_t parent, const char *name);
void serve_forget(fuse_req_t request, fuse_ino_t inode, uint64_t count);
void serve_forget_multi(fuse_req_t request, size_t count, struct fuse_forget_data *forgets);
void serve_opendir(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info);
void serve_readdir(fuse_req_t request, fuse_ino_t inode, size_t size, off_t offset,
		   struct fuse_file_info *info);
void serve_releasedir(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info);

/* serve_attributes.c */
/* Has the kernel go by SIZE_UNKNOWN again, or a little more. */
void serve_forget_size(const struct serve *serve, struct node *node);
void serve_getattr(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info);
void serve_setattr(fuse_req_t request, fuse_ino_t inode, struct stat *attributes, int which,
		   struct fuse_file_info *info);
void serve_statfs(fuse_req_t request, fuse_ino_t inode);

/* serve_files.c */
void serve_read(fuse_req_t request, fuse_ino_t inode, size_t size, off_t offset,
		struct fuse_file_info *info);
void serve_write(fuse_req_t request, fuse_ino_t inode, const char *bytes, size_t size, off_t offset,
		 struct fuse_file_info *info);
void serve_flush(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info);
void serve_release(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info);

/* serve_open.c */
void serve_open(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info);
/* With one open, to be shared; NULL without memory. */
struct handle *handle_create(struct node *node);
/*
 * Opens once more what is open of the node already, or else handle, which may be NULL: an open by
 * way of /proc/PID/fd or /dev/stdin comes to the node of an open file, and other rows would change
 * the size and the pages that its readers see.
 */
struct handle *handle_share(struct serve *serve, struct node *node, bool writes,
			    struct handle *handle);
/* Answers with it. */
void handle_opened(fuse_req_t request, struct serve *serve, struct handle *handle,
		   struct fuse_file_info *info);
/* Its reader and its inbox. */
void handle_close(const struct handle *handle);
/* One open less; closes and frees with the last. */
void handle_put(struct serve *serve, struct handle *handle);

/* serve_upload.c */
/* Opens a stored document to be written as a whole. */
void serve_upload_open(fuse_req_t request, struct node *node, struct fuse_file_info *info);
void serve_upload_write(fuse_req_t request, struct handle *handle, const char *bytes, size_t size,
			off_t offset);
void serve_upload_resize(struct handle *handle, off_t size);
void serve_upload_flush(fuse_req_t request, struct handle *handle);
void serve_upload_free(struct upload *upload);
void serve_create(fuse_req_t request, fuse_ino_t parent, const char *name, mode_t mode,
		  struct fuse_file_info *info);

/* serve_change.c */
void serve_unlink(fuse_req_t request, fuse_ino_t parent, const char *name);
void serve_rename(fuse_req_t request, fuse_ino_t parent, const char *name, fuse_ino_t to_parent,
		  const char *to, unsigned int flags);
void serve_mkdir(fuse_req_t request, fuse_ino_t parent, const char *name, mode_t mode);
void serve_rmdir(fuse_req_t request, fuse_ino_t parent, const char *name);
void serve_symlink(fuse_req_t request, const char *target, fuse_ino_t parent, const char *name);
void serve_readlink(fuse_req_t request, fuse_ino_t inode);

/* serve_opening.c */
/* Has a worker open a table that is not open yet, and answers. */
void serve_open_table(fuse_req_t request, struct node *node, struct fuse_file_info *info);

#endif
