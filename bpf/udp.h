/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of net/udp. */
#ifndef BPFVIEW_UDP_H
#define BPFVIEW_UDP_H

#include <bpfview/tags.h>
#include <linux/types.h>

#include "socket_names.h"

enum udp_protocol {
	protocol_udp = 17,
	protocol_udplite = 136,
};

struct udp_row {
	enum datagram_state state;
	__u32 receive_queue BPFVIEW_ABOUT("bytes of memory with what is not read");
	__u32 send_queue BPFVIEW_ABOUT("bytes of memory with what is not sent");
	enum socket_family family;
	__u8 local_address[16] BPFVIEW_ADDRESS;
	__be16 local_port BPFVIEW_PORT;
	__u8 remote_address[16] BPFVIEW_ADDRESS;
	__be16 remote_port BPFVIEW_PORT BPFVIEW_NONE(0);
	__u32 ifindex BPFVIEW_NONE(0) BPFVIEW_ABOUT("interface that it is bound to");
	char interface[16] BPFVIEW_ABOUT("its name");
	enum udp_protocol protocol;
	__u32 drops BPFVIEW_ABOUT("packets that found no room, or were wrong");
	__u32 receive_buffer BPFVIEW_ABOUT("most that receive_queue may be");
	__u32 send_buffer BPFVIEW_ABOUT("most that send_queue may be");
	__u32 uid BPFVIEW_ABOUT("who made the socket");
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0) BPFVIEW_ABOUT("SO_MARK");
	__u64 inode BPFVIEW_NONE(0) BPFVIEW_ABOUT("of the socket, as in files and sockets");
	__u64 cookie BPFVIEW_HEX BPFVIEW_ABOUT("one socket has the same in all tables");
	__u64 cgroup_id BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("of the cgroup, of version 2, that it was made in");
	/* These three are by fs/owners.c. */
	__u32 pid BPFVIEW_NONE(0) BPFVIEW_ABOUT("of a process that holds it");
	__u32 fd BPFVIEW_NONE(-1) BPFVIEW_ABOUT("its descriptor there");
	char comm[16] BPFVIEW_ABOUT("that process's name");
};

#endif
