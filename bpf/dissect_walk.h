/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the built-in dissector is in a packet. */
#ifndef DISSECT_WALK_H
#define DISSECT_WALK_H

#include <stdbool.h>
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum walk_next {
	WALK_NETWORK, /* a header with an EtherType comes next */
	WALK_TRANSPORT, /* a header with an IP protocol number comes next */
	WALK_PORTS, /* the end, at a header that may begin with ports */
	WALK_DONE,
	WALK_BAD,
	WALK_UNKNOWN, /* bad, for an EtherType that the kernel's own dissector doesn't know */
};

struct walk {
	__u32 offset; /* of the next header */
	__be16 protocol; /* EtherType */
	__u8 ip_protocol;
	bool link; /* no network header so far: nhoff goes along */
	bool numbered; /* the last GRE header had a sequence number */
	bool lost; /* the kernel's own dissector makes a hash of more than the keys can carry */
};

/* True when the packet has size bytes at offset. */
static __always_inline bool packet_has(PACKET *packet, __u32 offset, __u32 size)
{
	__u8 last;

	return packet_header(packet, offset + size - 1, sizeof(last), &last) != NULL;
}

/* Goes past a link-layer header to one of EtherType protocol. */
static __always_inline int walk_link(PACKET *packet, struct walk *walk, __u32 size, __be16 protocol)
{
	struct bpf_flow_keys *keys = packet_keys(packet);

	walk->offset += size;
	walk->protocol = protocol;
	if (walk->link)
		keys->nhoff = walk->offset;
	return WALK_NETWORK;
}

/* Goes into a tunnel whose payload is at walk->offset. */
static __always_inline int walk_tunnel(PACKET *packet, struct walk *walk, __be16 protocol)
{
	struct bpf_flow_keys *keys = packet_keys(packet);

	keys->is_encap = 1;
	if (keys->flags & BPF_FLOW_DISSECTOR_F_STOP_AT_ENCAP)
		return WALK_DONE;
	walk->protocol = protocol;
	return WALK_NETWORK;
}

#endif
