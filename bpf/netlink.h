/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of net/netlink. */
#ifndef BPFVIEW_NETLINK_H
#define BPFVIEW_NETLINK_H

#include <bpfview/tags.h>
#include <linux/types.h>

enum netlink_protocol {
	netlink_route,
	netlink_unused,
	netlink_usersock,
	netlink_firewall,
	netlink_sock_diag,
	netlink_nflog,
	netlink_xfrm,
	netlink_selinux,
	netlink_iscsi,
	netlink_audit,
	netlink_fib_lookup,
	netlink_connector,
	netlink_netfilter,
	netlink_ip6_fw,
	netlink_dnrtmsg,
	netlink_kobject_uevent,
	netlink_generic,
	netlink_scsitransport = 18,
	netlink_ecryptfs,
	netlink_rdma,
	netlink_crypto,
	netlink_smc,
};

enum netlink_dump {
	dump_none,
	dump_running,
};

struct netlink_row {
	enum netlink_protocol protocol;
	__u32 portid BPFVIEW_ABOUT("its address; 0: the kernel's own");
	__u32 receive_queue BPFVIEW_ABOUT("bytes of memory with what is not read");
	__u32 send_queue BPFVIEW_ABOUT("bytes of memory with what is not sent");
	__u32 drops BPFVIEW_ABOUT("messages that found no room");
	__u32 destination BPFVIEW_NONE(0) BPFVIEW_ABOUT("portid that it is connected to");
	__u32 destination_group BPFVIEW_NONE(0) BPFVIEW_ABOUT("group that it is connected to");
	__u32 uid BPFVIEW_ABOUT("who made the socket");
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0) BPFVIEW_ABOUT("SO_MARK");
	enum netlink_dump dump BPFVIEW_ABOUT("the kernel is in the middle of a long answer");
	__u64 inode BPFVIEW_NONE(0) BPFVIEW_ABOUT("of the socket, as in files and sockets");
	__u64 cookie BPFVIEW_HEX BPFVIEW_ABOUT("one socket has the same in all tables");
	__u64 cgroup_id BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("of the cgroup, of version 2, that it was made in");
	char groups[0] BPFVIEW_NUMBERS BPFVIEW_ABOUT("that it listens to");
	/* These three are by fs/owners.c. */
	__u32 pid BPFVIEW_NONE(0) BPFVIEW_ABOUT("of a process that holds it");
	__u32 fd BPFVIEW_NONE(-1) BPFVIEW_ABOUT("its descriptor there");
	char comm[16] BPFVIEW_ABOUT("that process's name");
};

#endif
