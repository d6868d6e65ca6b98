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
	__u32 receive_queue
		BPFVIEW_ABOUT("unread bytes (dgram: 1st message); listener: connections");
	__u32 send_queue
		BPFVIEW_ABOUT("bytes of memory, sent and not read; listener: most waiting");
	__u32 messages BPFVIEW_ABOUT("not read");
	__u32 uid BPFVIEW_ABOUT("who made the socket");
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0) BPFVIEW_ABOUT("SO_MARK");
	enum unix_shutdown shutdown BPFVIEW_ABOUT("directions that are closed");
	__u64 inode BPFVIEW_NONE(0) BPFVIEW_ABOUT("of the socket, as in files and sockets");
	__u64 peer_inode BPFVIEW_NONE(0) BPFVIEW_ABOUT("the socket that it is connected to");
	__u64 cookie BPFVIEW_HEX BPFVIEW_ABOUT("one socket has the same in all tables");
	__u64 cgroup_id BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("of the cgroup, of version 2, that it was made in");
	/* These three are by fs/owners.c. */
	__u32 pid BPFVIEW_NONE(0) BPFVIEW_ABOUT("of a process that holds it");
	__u32 fd BPFVIEW_NONE(-1) BPFVIEW_ABOUT("its descriptor there");
	char comm[16] BPFVIEW_ABOUT("that process's name");
	char path[0] BPFVIEW_ABOUT("or @ and an abstract name");
};

#endif
