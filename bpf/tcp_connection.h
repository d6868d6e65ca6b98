/* SPDX-License-Identifier: GPL-2.0-only */
/* What a full socket of TCP tells of its connection. */
#ifndef BPFVIEW_TCP_CONNECTION_H
#define BPFVIEW_TCP_CONNECTION_H

#define SSTHRESH_INFINITE 0x7fffffff
#define MICROSECONDS	  1000000

static inline __u32 ticks_ms(__u64 ticks)
{
	return ticks * tick_ns / 1000000;
}

static inline void tcp_fill_timer(struct tcp_row *row, enum tcp_timer timer, unsigned long expires)
{
	__s64 left = expires - bpf_jiffies64();

	row->timer = timer;
	row->timer_ms = left > 0 ? ticks_ms(left) : 0;
}

/* Updates of 6.1 and 6.12 moved it out of the socket that all families share; 6.18 came without. */
static inline const struct timer_list *
keepalive_timer(const struct inet_connection_sock *connection)
{
	return bpf_core_field_exists(connection->icsk_keepalive_timer)
		       ? &connection->icsk_keepalive_timer
		       : &connection->icsk_inet.sk.sk_timer;
}

static inline unsigned long retransmission_time(const struct inet_connection_sock *connection)
{
	if (bpf_core_field_exists(connection->icsk_timeout))
		return connection->icsk_timeout;
	if (bpf_core_field_exists(connection->icsk_retransmit_timer))
		return connection->icsk_retransmit_timer.expires;
	return connection->icsk_inet.sk.tcp_retransmit_timer.expires;
}

static inline void connection_fill_timer(struct tcp_row *row,
					 const struct inet_connection_sock *connection)
{
	const struct timer_list *keepalive = keepalive_timer(connection);

	if (connection->icsk_pending)
		tcp_fill_timer(row, connection->icsk_pending, retransmission_time(connection));
	else if (keepalive->entry.pprev)
		tcp_fill_timer(row, timer_keepalive, keepalive->expires);
}

static inline void connection_fill(struct tcp_row *row,
				   const struct inet_connection_sock *connection)
{
	row->rto_ms = ticks_ms(connection->icsk_rto);
	row->ato_ms = ticks_ms(BPF_CORE_READ_BITFIELD_PROBED(connection, icsk_ack.ato));
	row->pmtu_bytes = connection->icsk_pmtu_cookie;
	row->rcvmss_bytes = connection->icsk_ack.rcv_mss;
	row->congestion_state = BPF_CORE_READ_BITFIELD_PROBED(connection, icsk_ca_state);
	__builtin_memcpy(row->congestion, (const __u64 *)connection->icsk_ca_ops->name,
			 sizeof(row->congestion));
	row->timeouts = connection->icsk_retransmits;
	row->backoff = connection->icsk_backoff;
	row->probes = connection->icsk_probes_out;
	connection_fill_timer(row, connection);
}

static inline void tcp_fill_queues(struct tcp_row *row, const struct tcp_sock *tcp,
				   const struct sock *sk)
{
	__s32 unread = tcp->rcv_nxt - tcp->copied_seq;

	if (row->state == STATE_LISTEN) {
		row->receive_queue = sk->sk_ack_backlog;
		row->send_queue = sk->sk_max_ack_backlog;
		return;
	}
	/* A FIN counts in the one and not in the other. */
	row->receive_queue = unread > 0 ? unread : 0;
	row->send_queue = tcp->write_seq - tcp->snd_una;
}

static inline void tcp_fill_path(struct tcp_row *row, const struct tcp_sock *tcp,
				 const struct sock *sk)
{
	row->rtt_us = tcp->srtt_us >> 3;
	row->rttvar_us = tcp->srtt_us ? tcp->mdev_us >> 2 : 0; /* else it is only a guess */
	row->minrtt_us = tcp->rtt_min.s[0].v == (__u32)-1 ? 0 : tcp->rtt_min.s[0].v;
	row->rcv_rtt_us = tcp->rcv_rtt_est.rtt_us >> 3;
	row->mss_bytes = tcp->mss_cache;
	row->advmss_bytes = tcp->advmss;
	row->cwnd = tcp->snd_cwnd;
	if (tcp->snd_ssthresh != SSTHRESH_INFINITE)
		row->ssthresh = tcp->snd_ssthresh;
	row->reordering = tcp->reordering;
	row->snd_wnd_bytes = tcp->snd_wnd;
	row->rcv_wnd_bytes = tcp->rcv_wnd;
	if (sk->sk_pacing_rate != (unsigned long)-1)
		row->pacing_bytes_per_s = sk->sk_pacing_rate;
	if (tcp->rate_delivered && tcp->rate_interval_us)
		row->delivery_bytes_per_s = (__u64)tcp->rate_delivered * tcp->mss_cache *
					    MICROSECONDS / tcp->rate_interval_us;
}

static inline void tcp_fill_counts(struct tcp_row *row, const struct tcp_sock *tcp)
{
	row->unacked = tcp->packets_out;
	row->sacked = tcp->sacked_out;
	row->lost = tcp->lost_out;
	row->retrans = tcp->retrans_out;
	row->retrans_total = tcp->total_retrans;
	row->bytes_sent = tcp->bytes_sent;
	row->bytes_retrans = tcp->bytes_retrans;
	row->bytes_acked = tcp->bytes_acked;
	row->bytes_received = tcp->bytes_received;
	row->segs_out = tcp->segs_out;
	row->segs_in = tcp->segs_in;
	row->data_segs_out = tcp->data_segs_out;
	row->data_segs_in = tcp->data_segs_in;
	row->delivered = tcp->delivered;
	row->lost_total = tcp->lost;
}

#endif
