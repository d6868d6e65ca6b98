/* SPDX-License-Identifier: GPL-2.0-only */
/* Link-layer headers that hold another protocol. */
#ifndef DISSECT_LINK_H
#define DISSECT_LINK_H

#include "dissect_headers.h"
#include "dissect_walk.h"

static __always_inline int walk_pppoe(PACKET *packet, struct walk *walk)
{
	struct pppoe_header copy, *ppp = packet_header(packet, walk->offset, sizeof(copy), &copy);
	__be16 protocol;

	if (!ppp || ppp->version_type != PPPOE_VERSION_TYPE || ppp->code != 0)
		return WALK_BAD;
	protocol = ppp->protocol;
	walk_link(packet, walk, sizeof(*ppp), walk->protocol);
	switch (bpf_ntohs(protocol)) {
	case PPP_IP:
		walk->protocol = bpf_htons(ETH_P_IP);
		return WALK_NETWORK;
	case PPP_IPV6:
		walk->protocol = bpf_htons(ETH_P_IPV6);
		return WALK_NETWORK;
	case PPP_MPLS_UC:
		walk->protocol = bpf_htons(ETH_P_MPLS_UC);
		return WALK_NETWORK;
	case PPP_MPLS_MC:
		walk->protocol = bpf_htons(ETH_P_MPLS_MC);
		return WALK_NETWORK;
	}
	return (protocol & bpf_htons(PPP_VALID_MASK)) == bpf_htons(PPP_VALID) ? WALK_DONE
									      : WALK_BAD;
}

static __always_inline int walk_batman(PACKET *packet, struct walk *walk)
{
	struct batman_header copy,
		*batman = packet_header(packet, walk->offset, sizeof(copy), &copy);
	__be16 protocol;

	if (!batman || batman->version != BATMAN_VERSION || batman->type != BATMAN_UNICAST)
		return WALK_BAD;
	protocol = batman->ethernet.h_proto;
	walk_link(packet, walk, sizeof(*batman), walk->protocol);
	return walk_tunnel(packet, walk, protocol);
}

/* A header that ends the walk: its whole size must be there, and skip of it is passed. */
static __always_inline int walk_last(PACKET *packet, struct walk *walk, __u32 size, __u32 skip)
{
	if (!packet_has(packet, walk->offset, size))
		return WALK_BAD;
	walk->offset += skip;
	return WALK_DONE;
}

#endif
