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
	__u32 pid BPFVIEW_ABOUT("as the reader's pid namespace numbers it");
	__u32 fd BPFVIEW_ABOUT("the descriptor");
	__u32 uid BPFVIEW_ABOUT("who made the socket");
	enum socket_type type;
	enum socket_protocol protocol BPFVIEW_NONE(0) BPFVIEW_ABOUT("of inet, inet6 and netlink");
	enum socket_state state BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("where the family has the states of TCP");
	enum socket_family family;
	__u8 local_address[16] BPFVIEW_ADDRESS;
	__be16 local_port BPFVIEW_PORT BPFVIEW_NONE(0);
	__u8 remote_address[16] BPFVIEW_ADDRESS;
	__be16 remote_port BPFVIEW_PORT BPFVIEW_NONE(0);
	__u32 ifindex BPFVIEW_NONE(0) BPFVIEW_ABOUT("interface that it is bound to");
	char interface[16] BPFVIEW_ABOUT("its name");
	__u32 net_ns BPFVIEW_ABOUT("network namespace, by its inode");
	__u64 inode BPFVIEW_ABOUT("of the socket, as in files");
	__u64 cookie BPFVIEW_HEX BPFVIEW_ABOUT("one socket has the same in all tables");
	__u64 cgroup_id BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("of the cgroup, of version 2, that it was made in");
	__u64 peer_inode BPFVIEW_NONE(0) BPFVIEW_ABOUT("unix: the socket that it is connected to");
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0) BPFVIEW_ABOUT("SO_MARK");
	__u32 tid BPFVIEW_NONE(0) BPFVIEW_ABOUT("of a thread that has descriptors of its own");
	__u32 global_pid BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("in the first pid namespace, where it is another");
	__u32 global_tid BPFVIEW_NONE(0) BPFVIEW_ABOUT("the same of tid");
	char comm[16];
	char path[0] BPFVIEW_ABOUT("unix: its path, or @ and an abstract name");
};

#endif
