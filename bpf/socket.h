/* SPDX-License-Identifier: GPL-2.0-only */
/* What rows of sockets share. Define SOCKET_ROW, and for those with addresses SOCKET_ADDRESSES. */
#ifndef BPFVIEW_SOCKET_H
#define BPFVIEW_SOCKET_H

#include <bpf/bpf_endian.h>
#include <bpfview/sockets.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

static inline __u64 socket_inode(const struct sock *sk)
{
	const struct socket *socket;

	if (bpf_core_field_exists(sk->sk_ino))
		return sk->sk_ino;
	socket = BPF_CORE_READ(sk, sk_socket);
	return socket ? BPF_CORE_READ((const struct socket_alloc *)socket, vfs_inode.i_ino) : 0;
}

static inline __u32 socket_drops(const struct sock *sk)
{
	const struct numa_drop_counters *counters = NULL;

	if (bpf_core_field_exists(sk->sk_drop_counters))
		counters = sk->sk_drop_counters;
	if (!counters)
		return sk->sk_drops.counter;
	return BPF_CORE_READ(counters, drops0.counter) + BPF_CORE_READ(counters, drops1.counter);
}

/* Bytes that were sent and have not been freed; the socket itself counts as one. */
static inline __u32 socket_sending(const struct sock *sk)
{
	return sk->sk_wmem_alloc.refs.counter - 1;
}

/* What the socket itself tells, whatever its family. */
static inline void socket_fill(struct SOCKET_ROW *row, const struct sock *sk)
{
	row->inode = socket_inode(sk);
	row->mark = sk->sk_mark;
	if (bpf_core_field_exists(sk->sk_cgrp_data.cgroup))
		row->cgroup_id = sk->sk_cgrp_data.cgroup->kn->id;
}

#ifdef SOCKET_ADDRESSES
#define DEVICE_HEADS 256
#define DEVICES_MOST 64 /* of one head */

/* Not all of an interface that came and went: the socket keeps its number. */
static __noinline long socket_fill_interface(struct SOCKET_ROW *row, const struct sock_common *sk)
{
	const struct net___devices *net = (const void *)BPF_CORE_READ(sk, skc_net.net);
	const struct hlist_head *heads = BPF_CORE_READ(net, dev_index_head);
	const struct net_device___indexed *device;
	const struct hlist_node *node = NULL;

	heads += row->ifindex % DEVICE_HEADS;
	bpf_probe_read_kernel(&node, sizeof(node), &heads->first);
	for (int i = 0; node && i < DEVICES_MOST; i++) {
		device = (const void *)node -
			 bpf_core_field_offset(struct net_device___indexed, index_hlist);
		if (BPF_CORE_READ(device, ifindex) == (int)row->ifindex)
			return BPF_CORE_READ_INTO(&row->interface, device, name);
		bpf_probe_read_kernel(&node, sizeof(node), &node->next);
	}
	return 0;
}

static inline void socket_fill_addresses(struct SOCKET_ROW *row, const struct sock_common *sk)
{
	row->family = sk->skc_family;
	row->local_port = bpf_htons(sk->skc_num);
	row->remote_port = sk->skc_dport;
	if (row->family == family_inet6) {
		BPF_CORE_READ_INTO(&row->local_address, sk, skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO(&row->remote_address, sk, skc_v6_daddr);
	} else {
		*(__be32 *)row->local_address = sk->skc_rcv_saddr;
		*(__be32 *)row->remote_address = sk->skc_daddr;
	}
	row->ifindex = sk->skc_bound_dev_if;
	if (row->ifindex)
		socket_fill_interface(row, sk);
}
#endif

#endif
