/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of net/tcp. */
#ifndef BPFVIEW_TCP_H
#define BPFVIEW_TCP_H

#include <bpfview/tags.h>
#include <linux/types.h>

#include "socket_names.h"

/* The numbers are the kernel's for what it waits to send, the last three are ours. */
enum tcp_timer {
	timer_none,
	timer_retransmit,
	timer_delayed_ack,
	timer_persist,
	timer_loss_probe = 5,
	timer_reordering,
	timer_keepalive = 16,
	timer_timewait,
	timer_syn_ack,
};

enum tcp_congestion_state {
	congestion_open,
	congestion_disorder,
	congestion_cwr,
	congestion_recovery,
	congestion_loss,
};

struct tcp_row {
	enum socket_state state;
	/* Bytes not read, and not acknowledged; of a listener connections waiting, and at most. */
	__u32 receive_queue, send_queue;
	enum socket_family family;
	__u8 local_address[16] BPFVIEW_ADDRESS;
	__be16 local_port BPFVIEW_PORT;
	__u8 remote_address[16] BPFVIEW_ADDRESS;
	__be16 remote_port BPFVIEW_PORT BPFVIEW_NONE(0);
	__u32 ifindex BPFVIEW_NONE(0); /* bound to that interface */
	char interface[16];
	__u32 uid BPFVIEW_NONE(-1);
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0);
	__u64 inode BPFVIEW_NONE(0);
	__u64 cookie BPFVIEW_HEX;
	__u64 cgroup_id BPFVIEW_NONE(0);
	enum tcp_timer timer BPFVIEW_NONE(0);
	__u32 timer_ms BPFVIEW_NONE(-1); /* until it expires */
	__u32 rto_ms BPFVIEW_NONE(0), ato_ms BPFVIEW_NONE(0);
	__u32 rtt_us BPFVIEW_NONE(0), rttvar_us BPFVIEW_NONE(0), minrtt_us BPFVIEW_NONE(0);
	__u32 rcv_rtt_us BPFVIEW_NONE(0);
	__u32 mss_bytes BPFVIEW_NONE(0), pmtu_bytes BPFVIEW_NONE(0);
	__u32 rcvmss_bytes BPFVIEW_NONE(0), advmss_bytes BPFVIEW_NONE(0);
	enum tcp_congestion_state congestion_state BPFVIEW_NONE(-1);
	char congestion[16];
	__u32 cwnd BPFVIEW_NONE(0), ssthresh BPFVIEW_NONE(0),
		reordering BPFVIEW_NONE(0); /* segments */
	__u32 snd_wnd_bytes BPFVIEW_NONE(0), rcv_wnd_bytes BPFVIEW_NONE(0);
	__u64 pacing_bytes_per_s BPFVIEW_NONE(0), delivery_bytes_per_s BPFVIEW_NONE(0);
	/* Counts, which not all sockets have: from timeouts to delivered. */
	__u32 timeouts BPFVIEW_NONE(-1); /* in a row */
	__u32 backoff BPFVIEW_NONE(-1), probes BPFVIEW_NONE(-1);
	/* Segments under way, and of them selectively acknowledged, lost, sent again. */
	__u32 unacked BPFVIEW_NONE(-1), sacked BPFVIEW_NONE(-1), lost BPFVIEW_NONE(-1);
	__u32 retrans BPFVIEW_NONE(-1), retrans_total BPFVIEW_NONE(-1);
	__u64 bytes_sent BPFVIEW_NONE(-1), bytes_retrans BPFVIEW_NONE(-1);
	__u64 bytes_acked BPFVIEW_NONE(-1), bytes_received BPFVIEW_NONE(-1);
	__u32 segs_out BPFVIEW_NONE(-1), segs_in BPFVIEW_NONE(-1);
	__u32 data_segs_out BPFVIEW_NONE(-1), data_segs_in BPFVIEW_NONE(-1);
	__u32 delivered BPFVIEW_NONE(-1), lost_total BPFVIEW_NONE(-1);
	__u32 pid BPFVIEW_NONE(0), fd BPFVIEW_NONE(-1); /* of who holds it, by fs/owners.c */
	char comm[16];
};

#endif
