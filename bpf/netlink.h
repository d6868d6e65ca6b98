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
	__u32 portid; /* 0: the kernel's own */
	__u32 receive_queue, send_queue; /* bytes of memory */
	__u32 drops;
	__u32 destination BPFVIEW_NONE(0), destination_group BPFVIEW_NONE(0); /* connected to */
	__u32 uid;
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0);
	enum netlink_dump dump; /* the kernel is in the middle of a long answer */
	__u64 inode BPFVIEW_NONE(0);
	__u64 cookie BPFVIEW_HEX;
	__u64 cgroup_id BPFVIEW_NONE(0);
	char groups[0] BPFVIEW_NUMBERS; /* that it listens to */
	__u32 pid BPFVIEW_NONE(0), fd BPFVIEW_NONE(-1); /* of who holds it, by fs/owners.c */
	char comm[16];
};

#endif
