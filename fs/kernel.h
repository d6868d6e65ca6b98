/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What asks the kernel for descriptors and needs privilege for it. Each returns a descriptor that
 * is the caller's, or a negative errno with words.
 */
#ifndef BPFVIEW_KERNEL_H
#define BPFVIEW_KERNEL_H

#include <linux/types.h>
#include <sys/types.h>

/* A map by its id, for reading alone. -ENOENT when there is none. */
int kernel_map(__u32 id);

/* An iterator over a map's elements. It keeps program and map in the kernel until it is closed. */
int kernel_map_iterator(int program, int map);

/*
 * An iterator of a link, in a network namespace or, with -1, in the daemon's. Sockets and routes
 * are those of the namespace in which the thread stands that makes the iterator.
 */
int kernel_iterator(int link, int network);

/*
 * An iterator like that of a link, over one process. -ENOENT when the process does not exist: the
 * kernel itself would give no rows.
 */
int kernel_process_iterator(int link, pid_t process);

/* The network namespace of a thread, or one by its name in /run/netns or its inode's number. */
int kernel_network_of(pid_t thread);
int kernel_network_named(const char *name);

#endif
