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
	__u32 receive_queue BPFVIEW_ABOUT("bytes not read; of a listener: connections that wait");
	__u32 send_queue BPFVIEW_ABOUT("bytes not acknowledged; of a listener: most that may wait");
	enum socket_family family;
	__u8 local_address[16] BPFVIEW_ADDRESS;
	__be16 local_port BPFVIEW_PORT;
	__u8 remote_address[16] BPFVIEW_ADDRESS;
	__be16 remote_port BPFVIEW_PORT BPFVIEW_NONE(0);
	__u32 ifindex BPFVIEW_NONE(0) BPFVIEW_ABOUT("interface that it is bound to");
	char interface[16] BPFVIEW_ABOUT("its name");
	__u32 uid BPFVIEW_NONE(-1) BPFVIEW_ABOUT("who made the socket");
	__u32 mark BPFVIEW_HEX BPFVIEW_NONE(0) BPFVIEW_ABOUT("SO_MARK");
	__u64 inode BPFVIEW_NONE(0) BPFVIEW_ABOUT("of the socket, as in files and sockets");
	__u64 cookie BPFVIEW_HEX BPFVIEW_ABOUT("one socket has the same in all tables");
	__u64 cgroup_id BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("of the cgroup, of version 2, that it was made in");
	enum tcp_timer timer BPFVIEW_NONE(0) BPFVIEW_ABOUT("the one that runs");
	__u32 timer_ms BPFVIEW_NONE(-1) BPFVIEW_ABOUT("until it expires");
	__u32 rto_ms BPFVIEW_NONE(0) BPFVIEW_ABOUT("retransmission timeout");
	__u32 ato_ms BPFVIEW_NONE(0) BPFVIEW_ABOUT("delay of acknowledgements");
	__u32 rtt_us BPFVIEW_NONE(0) BPFVIEW_ABOUT("round trip, smoothed");
	__u32 rttvar_us BPFVIEW_NONE(0) BPFVIEW_ABOUT("how much it varies");
	__u32 minrtt_us BPFVIEW_NONE(0) BPFVIEW_ABOUT("shortest of late");
	__u32 rcv_rtt_us BPFVIEW_NONE(0) BPFVIEW_ABOUT("round trip, by what was received");
	__u32 mss_bytes BPFVIEW_NONE(0) BPFVIEW_ABOUT("largest segment to send");
	__u32 pmtu_bytes BPFVIEW_NONE(0) BPFVIEW_ABOUT("largest packet on the way");
	__u32 rcvmss_bytes BPFVIEW_NONE(0) BPFVIEW_ABOUT("largest segment that the peer sends");
	__u32 advmss_bytes BPFVIEW_NONE(0) BPFVIEW_ABOUT("largest segment that the peer was told");
	enum tcp_congestion_state congestion_state BPFVIEW_NONE(-1);
	char congestion[16] BPFVIEW_ABOUT("the algorithm");
	__u32 cwnd BPFVIEW_NONE(0) BPFVIEW_ABOUT("congestion window, in segments");
	__u32 ssthresh BPFVIEW_NONE(0) BPFVIEW_ABOUT("where slow start ends, in segments");
	__u32 reordering BPFVIEW_NONE(0) BPFVIEW_ABOUT("segments that may overtake one");
	__u32 snd_wnd_bytes BPFVIEW_NONE(0) BPFVIEW_ABOUT("that the peer has room for");
	__u32 rcv_wnd_bytes BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("that the peer was told there is room for");
	__u64 pacing_bytes_per_s BPFVIEW_NONE(0) BPFVIEW_ABOUT("at which it sends at most");
	__u64 delivery_bytes_per_s BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("at which the peer got it of late");
	/* Counts, which not all sockets have: from timeouts to delivered. */
	__u32 timeouts BPFVIEW_NONE(-1) BPFVIEW_ABOUT("in a row");
	__u32 backoff BPFVIEW_NONE(-1) BPFVIEW_ABOUT("times that the timeout was doubled");
	__u32 probes BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of a closed window, unanswered");
	__u32 unacked BPFVIEW_NONE(-1) BPFVIEW_ABOUT("segments under way");
	__u32 sacked BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of them: acknowledged selectively");
	__u32 lost BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of them: taken for lost");
	__u32 retrans BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of them: sent again");
	__u32 retrans_total BPFVIEW_NONE(-1) BPFVIEW_ABOUT("segments sent again, ever");
	__u64 bytes_sent BPFVIEW_NONE(-1) BPFVIEW_ABOUT("with those sent again");
	__u64 bytes_retrans BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of those, sent again");
	__u64 bytes_acked BPFVIEW_NONE(-1), bytes_received BPFVIEW_NONE(-1);
	__u32 segs_out BPFVIEW_NONE(-1), segs_in BPFVIEW_NONE(-1);
	__u32 data_segs_out BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of segs_out, those with data");
	__u32 data_segs_in BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of segs_in, those with data");
	__u32 delivered BPFVIEW_NONE(-1) BPFVIEW_ABOUT("segments that the peer got");
	__u32 lost_total BPFVIEW_NONE(-1) BPFVIEW_ABOUT("segments taken for lost, ever");
	/* These three are by fs/owners.c. */
	__u32 pid BPFVIEW_NONE(0) BPFVIEW_ABOUT("of a process that holds it");
	__u32 fd BPFVIEW_NONE(-1) BPFVIEW_ABOUT("its descriptor there");
	char comm[16] BPFVIEW_ABOUT("that process's name");
};

#endif
