/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel's own dissector doesn't look into (dissect_options.h). Each goes past a header,
 * to what is in it, and returns WALK_BAD where it isn't what it seems to be.
 */
#ifndef DISSECT_INNER_H
#define DISSECT_INNER_H

#include <linux/in.h>
#include <linux/udp.h>

#include "dissect_headers.h"
#include "dissect_options.h"
#include "dissect_walk.h"

/* How all of these headers begin. */
struct inner_header {
	__u8 first, second;
	__be16 third;
};

/*
 * One byte of the packet, or -1. Verified by itself: where one offset follows from another the
 * verifier loses their bounds.
 */
__attribute__((noinline)) int inner_byte(PACKET *packet, __u32 offset);

int inner_byte(PACKET *packet, __u32 offset)
{
	__u8 copy, *byte = packet ? packet_header(packet, offset, sizeof(copy), &copy) : NULL;

	return byte ? *byte : -1;
}

static __always_inline int inner_network(struct walk *walk, __u32 offset, __be16 protocol)
{
	walk->offset = offset;
	walk->protocol = protocol;
	return WALK_NETWORK;
}

static __always_inline int inner_ethernet(PACKET *packet, struct walk *walk, __u32 offset)
{
	struct ethhdr copy, *ethernet = packet_header(packet, offset, sizeof(copy), &copy);

	return ethernet ? inner_network(walk, offset + sizeof(*ethernet), ethernet->h_proto)
			: WALK_BAD;
}

/* An IP packet, of the version that it says itself. */
static __always_inline int inner_ip(PACKET *packet, struct walk *walk, __u32 offset)
{
	int version = inner_byte(packet, offset) >> 4;

	if (version != 4 && version != 6)
		return WALK_BAD;
	return inner_network(walk, offset, bpf_htons(version == 4 ? ETH_P_IP : ETH_P_IPV6));
}

static __always_inline int inner_vxlan(PACKET *packet, struct walk *walk, __u32 offset,
				       const struct inner_header *vxlan)
{
	if (!(vxlan->first & VXLAN_HAS_NETWORK))
		return WALK_BAD;
	return inner_ethernet(packet, walk, offset + VXLAN_SIZE);
}

static __always_inline int inner_geneve(PACKET *packet, struct walk *walk, __u32 offset,
					const struct inner_header *geneve)
{
	if (geneve->first & GENEVE_VERSION || geneve->second & GENEVE_CONTROL)
		return WALK_BAD;
	offset += GENEVE_SIZE + (geneve->first & GENEVE_OPTIONS) * 4;
	if (geneve->third == bpf_htons(ETH_P_TEB))
		return inner_ethernet(packet, walk, offset);
	return inner_network(walk, offset, geneve->third);
}

static __always_inline int inner_gtp(PACKET *packet, struct walk *walk, __u32 offset,
				     const struct inner_header *gtp)
{
	__u8 flags = gtp->first;
	int next = 0, length;

	if ((flags & GTP_KIND) != GTP_KIND_USER || gtp->second != GTP_PACKET)
		return WALK_BAD;
	offset += GTP_SIZE;
	if (flags & GTP_HAS_REST)
		offset += GTP_REST;
	if (flags & GTP_EXTENDED)
		next = inner_byte(packet, offset - 1);
	for (int i = 0; next > 0 && i < GTP_EXTENSIONS; i++) {
		length = inner_byte(packet, offset);
		if (length <= 0)
			return WALK_BAD;
		offset += length * 4;
		next = inner_byte(packet, offset - 1);
	}
	return next ? WALK_BAD : inner_ip(packet, walk, offset);
}

static __always_inline int inner_gue(PACKET *packet, struct walk *walk, __u32 offset,
				     const struct inner_header *gue)
{
	if ((gue->first & GUE_VERSION) == GUE_BARE)
		return inner_ip(packet, walk, offset);
	if (gue->first & (GUE_VERSION | GUE_CONTROL))
		return WALK_BAD;
	walk->offset = offset + GUE_SIZE + (gue->first & GUE_FIELDS) * 4;
	walk->ip_protocol = gue->second;
	return WALK_TRANSPORT;
}

/* The payload of UDP, by the port that it is sent to. */
static __always_inline int inner_udp(PACKET *packet, struct walk *walk, __u32 options)
{
	struct udphdr udp_copy, *udp;
	struct inner_header copy, *inner;
	__u32 offset = walk->offset + sizeof(*udp);
	__u16 port;

	udp = packet_header(packet, walk->offset, sizeof(udp_copy), &udp_copy);
	if (!udp || walk->ip_protocol != IPPROTO_UDP)
		return WALK_BAD;
	port = bpf_ntohs(udp->dest);
	inner = packet_header(packet, offset, sizeof(copy), &copy);
	if (!inner)
		return WALK_BAD;
	if (port == VXLAN_PORT && options & DISSECT_VXLAN)
		return inner_vxlan(packet, walk, offset, inner);
	if (port == GENEVE_PORT && options & DISSECT_GENEVE)
		return inner_geneve(packet, walk, offset, inner);
	if (port == GTP_PORT && options & DISSECT_GTP)
		return inner_gtp(packet, walk, offset, inner);
	if (port == GUE_PORT && options & DISSECT_GUE)
		return inner_gue(packet, walk, offset, inner);
	return WALK_BAD;
}

static __always_inline int inner_nsh(PACKET *packet, struct walk *walk,
				     const struct inner_header *nsh)
{
	__u32 size = (nsh->second & NSH_LENGTH) * 4;

	if (nsh->first & (NSH_VERSION | NSH_CONTROL) || size < NSH_LEAST)
		return WALK_BAD;
	switch (bpf_ntohs(nsh->third) & NSH_NEXT) {
	case NSH_IPV4:
		return inner_network(walk, walk->offset + size, bpf_htons(ETH_P_IP));
	case NSH_IPV6:
		return inner_network(walk, walk->offset + size, bpf_htons(ETH_P_IPV6));
	case NSH_ETHERNET:
		return inner_ethernet(packet, walk, walk->offset + size);
	case NSH_NSH:
		return inner_network(walk, walk->offset + size, bpf_htons(ETH_P_NSH));
	case NSH_MPLS:
		return inner_network(walk, walk->offset + size, bpf_htons(ETH_P_MPLS_UC));
	}
	return WALK_BAD;
}

/* Type I, without a header, is told from II by GRE's sequence number. */
static __always_inline int inner_erspan(PACKET *packet, struct walk *walk)
{
	return inner_ethernet(packet, walk, walk->offset + (walk->numbered ? ERSPAN_SIZE : 0));
}

static __always_inline int inner_erspan_3(PACKET *packet, struct walk *walk)
{
	__u32 offset = walk->offset + ERSPAN_3_SIZE;
	int last = inner_byte(packet, offset - 1);

	if (last < 0)
		return WALK_BAD;
	return inner_ethernet(packet, walk, offset + (last & ERSPAN_3_MORE ? ERSPAN_3_REST : 0));
}

/* By an EtherType that the kernel's own dissector doesn't know. */
static __always_inline int inner_unknown(PACKET *packet, struct walk *walk, __u32 options)
{
	struct inner_header copy, *inner = packet_header(packet, walk->offset, sizeof(copy), &copy);

	if (!inner)
		return WALK_BAD;
	if (walk->protocol == bpf_htons(ETH_P_NSH) && options & DISSECT_NSH)
		return inner_nsh(packet, walk, inner);
	if (walk->protocol == bpf_htons(ETH_P_ERSPAN) && options & DISSECT_ERSPAN)
		return inner_erspan(packet, walk);
	if (walk->protocol == bpf_htons(ETH_P_ERSPAN2) && options & DISSECT_ERSPAN)
		return inner_erspan_3(packet, walk);
	return WALK_BAD;
}

#endif
