// SPDX-License-Identifier: GPL-2.0-only
#define SOCKET_ROW tcp_row
#define SOCKET_ADDRESSES
#include "tcp.h"

#include <bpfview/tcp.bpf.h>

#include "socket.h"

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(tcp);

const volatile __u64 tick_ns = 4000000;

#include "tcp_connection.h"

#define STATE_NEW_SYN_RECV 12 /* of a request, which is not a socket yet */

static inline void fill_nothing(struct tcp_row *row)
{
	row->timer_ms = -1;
	row->congestion_state = -1;
	__builtin_memset(&row->timeouts, 0xff, sizeof(*row) - offsetof(struct tcp_row, timeouts));
}

static inline void fill_timewait(struct tcp_row *row, struct inet_timewait_sock *timewait)
{
	if (!timewait)
		return;
	timewait = bpfview_untrusted(timewait);
	row->state = timewait->tw_substate;
	row->mark = timewait->tw_mark;
	row->uid = -1;
	tcp_fill_timer(row, timer_timewait, timewait->tw_timer.expires);
}

static inline void fill_request(struct tcp_row *row, struct inet_request_sock *request)
{
	if (!request)
		return;
	request = bpfview_untrusted(request);
	row->state = STATE_SYN_RECV;
	row->mark = request->ir_mark;
	row->mss_bytes = request->req.mss;
	row->timeouts = BPF_CORE_READ_BITFIELD_PROBED(&request->req, num_timeout);
	row->retrans_total = request->req.num_retrans;
	tcp_fill_timer(row, timer_syn_ack, request->req.rsk_timer.expires);
}

static inline void fill_socket(struct tcp_row *row, struct tcp_sock *tcp)
{
	const struct sock *sk;

	if (!tcp)
		return;
	tcp = bpfview_untrusted(tcp);
	sk = &tcp->inet_conn.icsk_inet.sk;
	socket_fill(row, sk);
	connection_fill(row, &tcp->inet_conn);
	tcp_fill_queues(row, tcp, sk);
	tcp_fill_path(row, tcp, sk);
	tcp_fill_counts(row, tcp);
}

static inline void fill_state(struct tcp_row *row, struct sock_common *sk)
{
	struct tcp_timewait_sock *timewait;
	struct tcp_request_sock *request;

	switch ((int)row->state) {
	case STATE_TIME_WAIT:
		timewait = bpf_skc_to_tcp_timewait_sock(sk);
		fill_timewait(row, timewait ? &timewait->tw_sk : NULL);
		break;
	case STATE_NEW_SYN_RECV:
		request = bpf_skc_to_tcp_request_sock(sk);
		fill_request(row, request ? &request->req : NULL);
		break;
	default:
		fill_socket(row, bpf_skc_to_tcp_sock(sk));
		break;
	}
}

SEC("iter/tcp")
int tcp(struct bpf_iter__tcp *context)
{
	struct sock_common *sk = context->sk_common;
	struct tcp_row row = {};

	if (!sk)
		return 0;
	fill_nothing(&row);
	row.uid = context->uid;
	row.cookie = bpf_get_socket_cookie(sk);
	socket_fill_addresses(&row, bpfview_untrusted(sk));
	row.state = bpfview_untrusted(sk)->skc_state;
	fill_state(&row, sk);
	bpfview_write_row(context->meta->seq, &row);
	return 0;
}
