// SPDX-License-Identifier: GPL-2.0-only
#define SOCKET_ROW udp_row
#define SOCKET_ADDRESSES
#include "udp.h"

#include "socket.h"
#include "stash.h"

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(udp);

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct inet_sock {
	struct sock sk;
};

struct udp_sock {
	struct inet_sock inet;
	int forward_deficit;
};

#pragma clang attribute pop

struct bpf_iter__udp {
	struct bpf_iter_meta *meta;
	struct udp_sock *udp_sk;
	__u32 uid __attribute__((aligned(8)));
	int bucket __attribute__((aligned(8)));
};

SEC("iter/udp")
int udp(struct bpf_iter__udp *context)
{
	struct udp_sock *udp = context->udp_sk;
	struct udp_row row = {};
	const struct sock *sk;
	struct stash *stash;

	if (!udp)
		return 0;
	sk = &bpfview_untrusted(udp)->inet.sk;
	stash = stash_open(BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum), context->bucket);
	if (!stash)
		return 0;
	row.cookie = bpf_get_socket_cookie(udp);
	udp = bpfview_untrusted(udp);
	row.state = sk->__sk_common.skc_state;
	/* What was read is given back to the queue's account in lots. */
	row.receive_queue = sk->sk_backlog.rmem_alloc.counter - udp->forward_deficit;
	row.send_queue = socket_sending(sk);
	row.receive_buffer = sk->sk_rcvbuf;
	row.send_buffer = sk->sk_sndbuf;
	row.drops = socket_drops(sk);
	row.uid = context->uid;
	row.protocol = sk->sk_protocol;
	socket_fill(&row, sk);
	socket_fill_addresses(&row, &sk->__sk_common);
	return stash_add(stash, context->bucket, &row, sizeof(row), sizeof(row));
}
