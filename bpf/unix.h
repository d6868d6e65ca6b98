/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of net/unix. */
#ifndef BPFVIEW_UNIX_H
#define BPFVIEW_UNIX_H

#include <bpfview/tags.h>
#include <linux/types.h>

#include "socket_names.h"

enum unix_type {
	type_stream = 1,
	type_dgram = 2,
	type_seqpacket = 5,
};

/* What is no longer done. */
enum unix_shutdown {
	shutdown_none,
	shutdown_receive,
	shutdown_send,
	shutdown_both,
};

struct unix_row {
	enum unix_type type;
	enum datagram_state state;
	/* Bytes not read, of a dgram socket of the first message; those sent and not read, in
	 * memory. Of a listener connections waiting, and at most. */
	__u32 receive_queue, send_queue;
	__u32 messages; /* not read */
	__u32 uid;
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0);
	enum unix_shutdown shutdown;
	__u64 inode BPFVIEW_NONE(0);
	__u64 peer_inode BPFVIEW_NONE(0);
	__u64 cookie BPFVIEW_HEX;
	__u64 cgroup_id BPFVIEW_NONE(0);
	__u32 pid BPFVIEW_NONE(0), fd BPFVIEW_NONE(-1); /* of who holds it, by fs/owners.c */
	char comm[16];
	char path[0]; /* @NAME of an abstract one */
};

#endif
