/* SPDX-License-Identifier: GPL-2.0-only */
/* The built-in dissector for packets as a flow dissector's context has them. */
#ifndef DISSECT_CONTEXT_H
#define DISSECT_CONTEXT_H

#include <bpfview/dissect.bpf.h>

#define PACKET	      struct __sk_buff
#define packet_header dissect_header

static __always_inline struct bpf_flow_keys *packet_keys(struct __sk_buff *packet)
{
	return packet->flow_keys;
}

#include "dissect_packet.h"

char LICENSE[] SEC("license") = "GPL";

#endif
