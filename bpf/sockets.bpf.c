// SPDX-License-Identifier: GPL-2.0-only
#include "sockets.h"

#define SOCKET_ROW sockets_row
#define SOCKET_ADDRESSES
#include "socket.h"
#include "task_files.h"
#include "unix_path.h"

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(sockets);

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
};

#pragma clang attribute pop

static inline __u64 peer_inode(const struct sock *sk)
{
	const struct sock *peer = BPF_CORE_READ((const struct unix_sock *)sk, peer);
	const struct socket *socket;

	if (bpf_core_field_exists(peer->sk_ino))
		return BPF_CORE_READ(peer, sk_ino);
	socket = BPF_CORE_READ(peer, sk_socket);
	return BPF_CORE_READ((const struct socket_alloc *)socket, vfs_inode.i_ino);
}

static inline void fill_family(struct sockets_row *row, const struct sock *sk)
{
	switch (row->family) {
	case family_inet:
	case family_inet6:
		socket_fill_addresses(row, &sk->__sk_common);
		/* A raw socket has its protocol where others have their port. */
		if (row->type == type_raw)
			row->local_port = 0;
		break;
	case family_netlink:
		row->protocol += PROTOCOLS_OF_NETLINK;
		break;
	case family_unix:
		row->peer_inode = peer_inode(sk);
		break;
	case family_bluetooth:
	case family_caif:
	case family_iucv:
	case family_nfc:
	case family_pppox:
	case family_rxrpc:
	case family_smc:
		row->state = 0; /* a number of its own, as the protocol */
		__attribute__((fallthrough));
	default:
		row->protocol = 0; /* of the family's own, as of Ethernet for packet */
		break;
	}
}

static __noinline long write_row(struct seq_file *seq, struct task_struct *task,
				 const struct sock *sk, struct sockets_row *row)
{
	struct numbering numbering = numbering_of(seq);

	row->pid = process_number(&numbering, task);
	row->tid = owner_tid(&numbering, task);
	row->global_pid = number_beside(row->pid, task->tgid);
	row->global_tid = row->tid ? number_beside(row->tid, task->pid) : 0;
	row->uid = sk->sk_uid.val;
	row->type = sk->sk_type;
	row->protocol = sk->sk_protocol;
	row->state = sk->__sk_common.skc_state;
	row->family = sk->__sk_common.skc_family;
	row->net_ns = sk->__sk_common.skc_net.net->ns.inum;
	socket_fill(row, sk);
	fill_family(row, sk);
	task_fill_name(row->comm, task);
	return bpfview_write_row(seq, row);
}

static __noinline long write_path(struct seq_file *seq, const struct sock *sk)
{
	struct {
		__u16 header;
		char bytes[UNIX_PATH_SIZE + 1];
	} chunk = {};
	long size = unix_path_fill(chunk.bytes, BPF_CORE_READ((const struct unix_sock *)sk, addr));

	chunk.header = size;
	return bpf_seq_write(seq, &chunk, sizeof(chunk.header) + size);
}

SEC("iter/task_file")
int sockets(struct bpf_iter__task_file *context)
{
	struct seq_file *seq = context->meta->seq;
	struct task_struct *task = context->task;
	struct file *file = context->file;
	struct sockets_row row = {};
	struct socket *socket;
	struct sock *sk;

	if (!task || !file)
		return 0;
	task = bpfview_untrusted(task);
	if (!task_is_first(task, false))
		return 0;
	socket = bpf_sock_from_file(file);
	if (!socket)
		return 0;
	sk = socket->sk;
	if (!sk)
		return 0;
	row.fd = context->fd;
	row.cookie = bpf_get_socket_cookie(sk);
	sk = bpfview_untrusted(sk);
	if (write_row(seq, task, sk, &row))
		return 0;
	if (row.family == family_unix)
		write_path(seq, sk);
	else
		bpfview_write_nothing(seq);
	return 0;
}
