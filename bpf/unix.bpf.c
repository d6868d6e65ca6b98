// SPDX-License-Identifier: GPL-2.0-only
#define SOCKET_ROW unix_row
#include "unix.h"

#include "socket.h"
#include "stash.h"
#include "unix_path.h"

#define QUEUE_MOST 65536 /* messages looked at */

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(unix);

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct unix_sock {
	struct sock sk;
	struct unix_address *addr;
	struct sock *peer;
	int inq_len; /* since 6.18 */
};

struct unix_skb_parms {
	__u32 consumed;
};

#pragma clang attribute pop

struct bpf_iter__unix {
	struct bpf_iter_meta *meta;
	struct unix_sock *unix_sk;
	__u32 uid;
};

struct queue_walk {
	const struct sk_buff_head *head;
	const struct sk_buff *next;
	__u32 bytes;
};

static long queue_add(__u32 index, struct queue_walk *walk)
{
	const struct sk_buff *message = walk->next;
	const struct unix_skb_parms *parameters;

	(void)index;
	if ((const void *)message == walk->head || !message)
		return 1;
	parameters = (const void *)message + bpf_core_field_offset(struct sk_buff, cb);
	walk->bytes += BPF_CORE_READ(message, len) - BPF_CORE_READ(parameters, consumed);
	walk->next = BPF_CORE_READ(message, next);
	return 0;
}

/* Where the kernel doesn't count them. The queue may change under way. */
static __noinline __u32 queue_bytes(const struct unix_sock *sk)
{
	struct queue_walk walk = {.head = &sk->sk.sk_receive_queue};

	walk.next = walk.head->next;
	bpf_loop(sk->sk.sk_type == type_dgram ? 1 : QUEUE_MOST, queue_add, &walk, 0);
	return walk.bytes;
}

static inline void fill_queues(struct unix_row *row, const struct unix_sock *sk)
{
	row->messages = sk->sk.sk_receive_queue.qlen;
	if (row->state == DATAGRAM_LISTEN) {
		row->receive_queue = row->messages;
		row->send_queue = sk->sk.sk_max_ack_backlog;
		row->messages = 0;
		return;
	}
	if (bpf_core_field_exists(sk->inq_len) && row->type == type_stream)
		row->receive_queue = sk->inq_len;
	else
		row->receive_queue = queue_bytes(sk);
	row->send_queue = socket_sending(&sk->sk);
}

static __noinline int add_row(struct stash *stash, struct unix_sock *sk, __u32 uid, __u64 cookie)
{
	struct {
		struct unix_row row;
		__u16 header;
		char path[UNIX_PATH_SIZE + 1];
	} record = {};
	struct unix_row *row = &record.row;
	long size;

	row->type = sk->sk.sk_type;
	row->state = sk->sk.__sk_common.skc_state;
	row->shutdown = sk->sk.sk_shutdown;
	row->uid = uid;
	row->cookie = cookie;
	socket_fill(row, &sk->sk);
	if (sk->peer)
		row->peer_inode = socket_inode(sk->peer);
	fill_queues(row, sk);
	size = unix_path_fill(record.path, sk->addr);
	record.header = size;
	return stash_add(stash, sk->sk.__sk_common.skc_hash, &record,
			 offsetof(typeof(record), path) + size, sizeof(record));
}

SEC("iter/unix")
int unix(struct bpf_iter__unix *context)
{
	struct unix_sock *sk = context->unix_sk;
	const struct sock_common *common;
	struct stash *stash;
	__u64 cookie;

	if (!sk)
		return 0;
	common = &bpfview_untrusted(sk)->sk.__sk_common;
	stash = stash_open(BPF_CORE_READ(common, skc_net.net, ns.inum), common->skc_hash);
	if (!stash)
		return 0;
	cookie = bpf_get_socket_cookie(sk);
	return add_row(stash, bpfview_untrusted(sk), context->uid, cookie);
}
