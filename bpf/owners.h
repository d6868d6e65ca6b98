/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of the walk over all sockets that processes hold: fs/owners.c joins it to net/. */
#ifndef BPFVIEW_OWNERS_ROW_H
#define BPFVIEW_OWNERS_ROW_H

#include <bpfview/tags.h>
#include <linux/types.h>

struct owners_row {
	__u64 inode; /* of the socket */
	__u32 pid, fd;
	char comm[16];
};

#endif
