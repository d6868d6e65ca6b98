/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's types for TCP's sockets, as in kernel.bpf.h. */
#ifndef BPFVIEW_TCP_BPF_H
#define BPFVIEW_TCP_BPF_H

#include <bpfview/sockets.bpf.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct inet_sock {
	struct sock sk;
};

struct tcp_congestion_ops {
	char name[16];
};

struct inet_connection_sock {
	struct inet_sock icsk_inet;
	unsigned long icsk_timeout; /* before 6.18 */
	struct timer_list icsk_retransmit_timer; /* before 6.19 */
	struct timer_list icsk_keepalive_timer; /* else it is sk_timer */
	__u32 icsk_rto, icsk_pmtu_cookie;
	const struct tcp_congestion_ops *icsk_ca_ops;
	__u8 icsk_ca_state : 5;
	__u8 icsk_retransmits, icsk_pending, icsk_backoff, icsk_probes_out;
	struct {
		__u32 ato : 8;
		__u16 rcv_mss;
	} icsk_ack;
};

struct minmax_sample {
	__u32 v;
};

struct minmax {
	struct minmax_sample s[3];
};

struct tcp_sock {
	struct inet_connection_sock inet_conn;
	__u32 rcv_nxt, copied_seq, write_seq, snd_una;
	__u32 srtt_us, mdev_us;
	struct minmax rtt_min;
	struct {
		__u32 rtt_us;
	} rcv_rtt_est;
	__u32 mss_cache;
	__u16 advmss;
	__u32 snd_cwnd, snd_ssthresh, snd_wnd, rcv_wnd;
	__u32 packets_out, sacked_out, lost_out, retrans_out, total_retrans, reordering;
	__u64 bytes_sent, bytes_retrans, bytes_acked, bytes_received;
	__u32 segs_out, segs_in, data_segs_out, data_segs_in, delivered, lost;
	__u32 rate_delivered, rate_interval_us;
};

struct request_sock {
	struct sock_common __req_common;
	__u16 mss;
	__u8 num_retrans;
	__u8 num_timeout : 7;
	struct timer_list rsk_timer;
};

struct inet_request_sock {
	struct request_sock req;
	__u32 ir_mark;
};

struct tcp_request_sock {
	struct inet_request_sock req;
};

struct inet_timewait_sock {
	struct sock_common __tw_common;
	__u32 tw_mark;
	unsigned char tw_substate;
	struct timer_list tw_timer;
};

struct tcp_timewait_sock {
	struct inet_timewait_sock tw_sk;
};

#pragma clang attribute pop

struct bpf_iter__tcp {
	struct bpf_iter_meta *meta;
	struct sock_common *sk_common;
	__u32 uid;
};

#endif
