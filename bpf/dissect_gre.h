/* SPDX-License-Identifier: GPL-2.0-only */
/* GRE, of version 0 and, for PPTP, of version 1. */
#ifndef DISSECT_GRE_H
#define DISSECT_GRE_H

#include "dissect_headers.h"
#include "dissect_walk.h"

/* An Ethernet header comes before the payload. */
static __always_inline bool gre_ethernet(PACKET *packet, __u32 *offset, __be16 *protocol)
{
	struct ethhdr copy, *ethernet = packet_header(packet, *offset, sizeof(copy), &copy);

	if (!ethernet)
		return false;
	*offset += sizeof(*ethernet);
	*protocol = ethernet->h_proto;
	return true;
}

/* A PPP header comes before the payload. */
static __always_inline bool gre_ppp(PACKET *packet, __u32 *offset, __be16 *protocol)
{
	struct ppp_header copy, *ppp = packet_header(packet, *offset, sizeof(copy), &copy);

	if (!ppp)
		return false;
	*offset += sizeof(*ppp);
	if (ppp->protocol == bpf_htons(PPP_IP))
		*protocol = bpf_htons(ETH_P_IP);
	else if (ppp->protocol == bpf_htons(PPP_IPV6))
		*protocol = bpf_htons(ETH_P_IPV6);
	return true;
}

/* What follows the first 4 bytes of a GRE header; false when it is cut short. */
static __always_inline bool gre_rest(PACKET *packet, __be16 flags, __u32 *offset, __be16 *protocol)
{
	if (flags & bpf_htons(GRE_CHECKSUM))
		*offset += GRE_FIELD_SIZE;
	if (flags & bpf_htons(GRE_KEY)) {
		if (!packet_has(packet, *offset, GRE_FIELD_SIZE))
			return false;
		*offset += GRE_FIELD_SIZE;
	}
	if (flags & bpf_htons(GRE_SEQUENCE))
		*offset += GRE_FIELD_SIZE;
	if (flags & bpf_htons(GRE_VERSION_1)) {
		if (flags & bpf_htons(GRE_ACKNOWLEDGE))
			*offset += GRE_FIELD_SIZE;
		return gre_ppp(packet, offset, protocol);
	}
	if (*protocol == bpf_htons(ETH_P_TEB))
		return gre_ethernet(packet, offset, protocol);
	return true;
}

static __always_inline int walk_gre(PACKET *packet, struct walk *walk)
{
	struct gre_header copy, *gre = packet_header(packet, walk->offset, sizeof(copy), &copy);
	__u32 offset = walk->offset + sizeof(*gre);
	__be16 flags, protocol;

	if (!gre)
		return WALK_BAD;
	flags = gre->flags;
	protocol = gre->protocol;
	if (flags & bpf_htons(GRE_ROUTING | GRE_VERSION_ABOVE_1))
		return WALK_DONE;
	if (flags & bpf_htons(GRE_VERSION_1) &&
	    (protocol != bpf_htons(GRE_PPP) || !(flags & bpf_htons(GRE_KEY)))) {
		walk->protocol = protocol;
		return WALK_DONE;
	}
	if (flags & bpf_htons(GRE_KEY))
		walk->lost = true;
	if (!gre_rest(packet, flags, &offset, &protocol)) {
		walk->protocol = protocol;
		return WALK_BAD;
	}
	walk->offset = offset;
	walk->numbered = flags & bpf_htons(GRE_SEQUENCE);
	return walk_tunnel(packet, walk, protocol);
}

#endif
