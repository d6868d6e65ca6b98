/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's types for sockets of all families, as in kernel.bpf.h. */
#ifndef BPFVIEW_SOCKETS_BPF_H
#define BPFVIEW_SOCKETS_BPF_H

#include <bpfview/kernel.bpf.h>

/* These are laid out the same in all kernels. */
struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct hlist_head {
	struct hlist_node *first;
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct timer_list {
	struct hlist_node entry;
	unsigned long expires;
};

struct net___devices {
	struct ns_common ns;
	struct hlist_head *dev_index_head;
};

struct net_device___indexed {
	int ifindex;
	struct hlist_node index_hlist;
	char name[16];
};

struct sock_common {
	__be32 skc_daddr, skc_rcv_saddr;
	unsigned int skc_hash;
	__be16 skc_dport;
	__u16 skc_num;
	unsigned short skc_family;
	volatile unsigned char skc_state;
	int skc_bound_dev_if;
	struct {
		struct net *net;
	} skc_net;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
};

struct atomic {
	int counter;
};

struct numa_drop_counters {
	struct atomic drops0, drops1;
};

struct sk_buff {
	struct sk_buff *next;
	unsigned int len;
	char cb[48];
};

struct sk_buff_head {
	struct sk_buff *next;
	__u32 qlen;
};

struct inode___number {
	unsigned long i_ino;
};

struct socket {
	short type;
	struct sock *sk;
};

struct socket_alloc {
	struct socket socket;
	struct inode___number vfs_inode;
};

struct sock {
	struct sock_common __sk_common;
	struct atomic sk_drops;
	struct sk_buff_head sk_receive_queue;
	struct {
		struct atomic rmem_alloc;
	} sk_backlog;
	struct {
		struct atomic refs;
	} sk_wmem_alloc;
	int sk_rcvbuf, sk_sndbuf;
	struct socket *sk_socket;
	struct timer_list sk_timer;
	struct timer_list tcp_retransmit_timer; /* since 6.19 */
	unsigned long sk_pacing_rate;
	__u32 sk_mark;
	struct {
		__u32 val;
	} sk_uid;
	__u16 sk_protocol, sk_type;
	__u8 sk_shutdown;
	__u32 sk_ack_backlog, sk_max_ack_backlog;
	unsigned long sk_ino; /* since 6.18 */
	struct {
		struct cgroup *cgroup;
	} sk_cgrp_data;
	struct numa_drop_counters *sk_drop_counters; /* since 6.18 */
};

#pragma clang attribute pop

#endif
