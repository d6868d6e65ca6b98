/* SPDX-License-Identifier: GPL-2.0-only */
/* The columns of sockets. */
#ifndef BPFVIEW_SOCKETS_H
#define BPFVIEW_SOCKETS_H

#include <bpfview/tags.h>
#include <linux/types.h>

#include "socket_names.h"

enum socket_type {
	type_stream = 1,
	type_dgram,
	type_raw,
	type_rdm,
	type_seqpacket,
	type_dccp,
	type_packet = 10,
};

#define PROTOCOLS_OF_NETLINK 0x10000 /* is added to its numbers, to tell them from others */

enum socket_protocol {
	protocol_icmp = 1,
	protocol_igmp,
	protocol_ipip = 4,
	protocol_tcp = 6,
	protocol_udp = 17,
	protocol_dccp = 33,
	protocol_ipv6 = 41,
	protocol_gre = 47,
	protocol_esp = 50,
	protocol_ah = 51,
	protocol_icmpv6 = 58,
	protocol_ospf = 89,
	protocol_pim = 103,
	protocol_vrrp = 112,
	protocol_l2tp = 115,
	protocol_sctp = 132,
	protocol_udplite = 136,
	protocol_raw = 255,
	protocol_smc,
	protocol_mptcp = 262,
	protocol_route = PROTOCOLS_OF_NETLINK,
	protocol_unused,
	protocol_usersock,
	protocol_firewall,
	protocol_sock_diag,
	protocol_nflog,
	protocol_xfrm,
	protocol_selinux,
	protocol_iscsi,
	protocol_audit,
	protocol_fib_lookup,
	protocol_connector,
	protocol_netfilter,
	protocol_ip6_fw,
	protocol_dnrtmsg,
	protocol_kobject_uevent,
	protocol_generic,
	protocol_scsitransport = PROTOCOLS_OF_NETLINK + 18,
	protocol_ecryptfs,
	protocol_rdma,
	protocol_crypto,
	protocol_smc_netlink,
};

struct sockets_row {
	__u32 pid, fd;
	__u32 uid; /* who made the socket */
	enum socket_type type;
	enum socket_protocol protocol BPFVIEW_NONE(0);
	enum socket_state state;
	enum socket_family family;
	__u8 local_address[16] BPFVIEW_ADDRESS;
	__be16 local_port BPFVIEW_PORT BPFVIEW_NONE(0);
	__u8 remote_address[16] BPFVIEW_ADDRESS;
	__be16 remote_port BPFVIEW_PORT BPFVIEW_NONE(0);
	__u32 ifindex BPFVIEW_NONE(0); /* bound to that interface */
	char interface[16];
	__u32 net_ns;
	__u64 inode;
	__u64 cookie BPFVIEW_HEX;
	__u64 cgroup_id BPFVIEW_NONE(0);
	__u64 peer_inode BPFVIEW_NONE(0); /* of a unix socket: the one it is connected to */
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0);
	__u32 tid BPFVIEW_NONE(0); /* of a thread that has descriptors of its own */
	__u32 global_pid BPFVIEW_NONE(0), global_tid BPFVIEW_NONE(0); /* where they differ */
	char comm[16];
	char path[0]; /* of a unix socket, or @ and its abstract name */
};

#endif
