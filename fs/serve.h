/* SPDX-License-Identifier: GPL-2.0-only */
/* The FUSE file system: serve*.c are the only files that know FUSE. */
#ifndef BPFVIEW_SERVE_H
#define BPFVIEW_SERVE_H

#include <stdbool.h>
#include <sys/types.h>

struct fuse_args;
struct pool;

/* Who owns the files and may open them. */
struct access {
	uid_t owner;
	gid_t group;
	mode_t mode; /* of files; tables never get write bits */
};

struct serve;

/* Mounts; arguments are libfuse's mount options. NULL, with libfuse's words on stderr. */
struct serve *serve_mount(struct fuse_args *arguments, const char *mountpoint,
			  const struct access *access);

/*
 * Answers requests until SIGTERM, SIGINT, SIGHUP or an unmount. Requests are taken up by this
 * thread alone, in the kernel's order, and none of them may keep it: long ones go to the pool.
 */
int serve_loop(struct serve *serve, struct pool *pool);

/* Unmounts, also while a worker is stuck: what is open fails from then on. To exit after it. */
void serve_unmount(struct serve *serve);

/* Unmounts and frees. Call it after pool_free(). */
void serve_free(struct serve *serve);

#endif
