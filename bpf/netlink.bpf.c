// SPDX-License-Identifier: GPL-2.0-only
#define SOCKET_ROW netlink_row
#include "netlink.h"

#include "socket.h"

#define GROUPS_MOST 65536
#define WORD_BITS   64

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(netlink);

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct netlink_sock {
	struct sock sk;
	__u32 portid, dst_portid, dst_group, ngroups;
	unsigned long *groups;
	bool cb_running;
};

#pragma clang attribute pop

struct bpf_iter__netlink {
	struct bpf_iter_meta *meta;
	struct netlink_sock *sk;
};

struct group_walk {
	struct seq_file *seq;
	const unsigned long *groups;
	__u32 count;
};

/* Bit 0 is group 1. */
static long write_group(__u32 index, struct group_walk *walk)
{
	struct {
		__u16 header;
		__u32 group;
	} __attribute__((packed)) chunk = {.header = sizeof(chunk.group) | BPFVIEW_CHUNK_MORE};
	unsigned long word = 0;

	if (index >= walk->count)
		return 1;
	bpf_probe_read_kernel(&word, sizeof(word), &walk->groups[index / WORD_BITS]);
	if (!(word >> index % WORD_BITS & 1))
		return 0;
	chunk.group = index + 1;
	bpf_seq_write(walk->seq, &chunk, sizeof(chunk));
	return 0;
}

static inline long write_groups(struct seq_file *seq, const struct netlink_sock *netlink)
{
	struct group_walk walk = {seq, netlink->groups, netlink->ngroups};

	if (walk.groups)
		bpf_loop(GROUPS_MOST, write_group, &walk, 0);
	return bpfview_write_nothing(seq);
}

static __noinline long write_row(struct seq_file *seq, struct netlink_sock *netlink, __u64 cookie)
{
	struct netlink_row row = {};
	struct sock *sk = &netlink->sk;

	row.protocol = sk->sk_protocol;
	row.portid = netlink->portid;
	row.receive_queue = sk->sk_backlog.rmem_alloc.counter;
	row.send_queue = socket_sending(sk);
	row.drops = socket_drops(sk);
	row.destination = netlink->dst_portid;
	row.destination_group = netlink->dst_group;
	row.uid = sk->sk_uid.val;
	row.dump = netlink->cb_running;
	row.cookie = cookie;
	socket_fill(&row, sk);
	return bpfview_write_row(seq, &row);
}

SEC("iter/netlink")
int netlink(struct bpf_iter__netlink *context)
{
	struct seq_file *seq = context->meta->seq;
	struct netlink_sock *netlink = context->sk;
	__u64 cookie;

	if (!netlink)
		return 0;
	cookie = bpf_get_socket_cookie(netlink);
	netlink = bpfview_untrusted(netlink);
	if (!write_row(seq, netlink, cookie))
		write_groups(seq, netlink);
	return 0;
}
