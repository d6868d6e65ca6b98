/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_NETWORK_MOUNTS_H
#define BPFVIEW_NETWORK_MOUNTS_H

#include <stdint.h>

/*
 * The network namespace of that number where a thread sees it mounted, as `ip netns` and container
 * engines do. place is the thread's folder in /proc. Walks no path through a filesystem that others
 * answer for, such as NFS, FUSE or the daemon's own. A descriptor, or -ENOENT, without words.
 */
int network_find_mounted(const char *place, uint32_t number);

#endif
