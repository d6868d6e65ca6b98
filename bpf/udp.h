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
	__u32 receive_queue, send_queue; /* bytes of memory */
	enum socket_family family;
	__u8 local_address[16] BPFVIEW_ADDRESS;
	__be16 local_port BPFVIEW_PORT;
	__u8 remote_address[16] BPFVIEW_ADDRESS;
	__be16 remote_port BPFVIEW_PORT BPFVIEW_NONE(0);
	__u32 ifindex BPFVIEW_NONE(0); /* bound to that interface */
	char interface[16];
	enum udp_protocol protocol;
	__u32 drops;
	__u32 receive_buffer, send_buffer; /* bytes of memory, at most */
	__u32 uid;
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0);
	__u64 inode BPFVIEW_NONE(0);
	__u64 cookie BPFVIEW_HEX;
	__u64 cgroup_id BPFVIEW_NONE(0);
	__u32 pid BPFVIEW_NONE(0), fd BPFVIEW_NONE(-1); /* of who holds it, by fs/owners.c */
	char comm[16];
};

#endif
