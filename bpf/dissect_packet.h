/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The built-in flow dissector. It gives what the kernel's own gives for everything that struct
 * bpf_flow_keys can express, but for two cases: the ports of a first fragment under PARSE_1ST_FRAG,
 * and n_proto, which stays the outer one under STOP_AT_ENCAP. With options it looks further: into
 * what dissect_options.h has.
 *
 * It is compiled for packets from two places. Before this file, PACKET is defined as the type of
 * a packet, packet_keys(packet) as where its keys are, and packet_header() as dissect_header().
 */
#ifndef DISSECT_PACKET_H
#define DISSECT_PACKET_H

#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>

#include "dissect_gre.h"
#include "dissect_headers.h"
#include "dissect_inner.h"
#include "dissect_link.h"
#include "dissect_walk.h"

/* The kernel's own dissector goes through a first header and 15 more. */
#define WALK_STEPS 16

/* Each is verified once, by itself: inlined into the loop they pass the verifier's limit. */
__attribute__((noinline)) int walk_network(PACKET *packet, struct walk *walk);
__attribute__((noinline)) int walk_transport(PACKET *packet, struct walk *walk);
__attribute__((noinline)) int walk_inner(PACKET *packet, struct walk *walk, int next);

static __always_inline int walk_ipv4(PACKET *packet, struct walk *walk)
{
	struct bpf_flow_keys *keys = packet_keys(packet);
	struct iphdr copy, *ip = packet_header(packet, walk->offset, sizeof(copy), &copy);

	walk->link = false;
	if (!ip || ip->ihl < 5)
		return WALK_BAD;
	walk->offset += ip->ihl * 4;
	walk->ip_protocol = ip->protocol;
	if (keys->addr_proto == ETH_P_IPV6) /* whose addresses the kernel's own leaves behind */
		walk->lost = true;
	dissect_set_ipv4(keys, &ip->saddr, &ip->daddr);
	if (!(ip->frag_off & bpf_htons(IPV4_MORE_FRAGMENTS | IPV4_FRAGMENT_OFFSET)))
		return WALK_TRANSPORT;
	if (ip->frag_off & bpf_htons(IPV4_FRAGMENT_OFFSET)) {
		dissect_set_fragment(keys, 0);
		return WALK_DONE;
	}
	dissect_set_fragment(keys, 1);
	if (keys->flags & BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG)
		return WALK_TRANSPORT;
	return WALK_DONE;
}

static __always_inline int walk_ipv6(PACKET *packet, struct walk *walk)
{
	struct bpf_flow_keys *keys = packet_keys(packet);
	struct ipv6hdr copy, *ip = packet_header(packet, walk->offset, sizeof(copy), &copy);
	__be32 label;

	walk->link = false;
	if (!ip)
		return WALK_BAD;
	walk->offset += sizeof(*ip);
	walk->ip_protocol = ip->nexthdr;
	dissect_set_ipv6(keys, &ip->saddr, &ip->daddr);
	label = *(__be32 *)ip & bpf_htonl(IPV6_FLOW_LABEL);
	if (!label)
		return WALK_TRANSPORT;
	keys->flow_label = label;
	if (keys->flags & BPF_FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL)
		return WALK_DONE;
	return WALK_TRANSPORT;
}

/* Protocols that nothing is looked for behind. */
static __always_inline int walk_end(PACKET *packet, struct walk *walk)
{
	switch (bpf_ntohs(walk->protocol)) {
	case ETH_P_MPLS_UC:
	case ETH_P_MPLS_MC:
		walk->offset += MPLS_LABEL_SIZE;
		return WALK_DONE;
	case ETH_P_TIPC:
		walk->lost = true;
		return walk_last(packet, walk, TIPC_SIZE, 0);
	case ETH_P_FCOE:
		return walk_last(packet, walk, FCOE_SIZE, FCOE_SIZE);
	case ETH_P_1588:
		return walk_last(packet, walk, PTP_SIZE, PTP_SIZE);
	case ETH_P_ARP:
	case ETH_P_RARP:
	case ETH_P_CFM:
		return WALK_DONE;
	}
	return WALK_UNKNOWN;
}

int walk_network(PACKET *packet, struct walk *walk)
{
	struct tag_header *tag, copy;

	if (!packet || !walk)
		return WALK_BAD;
	switch (bpf_ntohs(walk->protocol)) {
	case ETH_P_IP:
		return walk_ipv4(packet, walk);
	case ETH_P_IPV6:
		return walk_ipv6(packet, walk);
	case ETH_P_QINQ1:
	case ETH_P_QINQ2:
		if (!(packet_keys(packet)->flags & DISSECT_VLAN_9100))
			return WALK_UNKNOWN;
		__attribute__((fallthrough));
	case ETH_P_8021Q:
	case ETH_P_8021AD:
		walk->lost = true;
		tag = packet_header(packet, walk->offset, sizeof(copy), &copy);
		return tag ? walk_link(packet, walk, sizeof(*tag), tag->protocol) : WALK_BAD;
	case ETH_P_PRP:
	case ETH_P_HSR:
		tag = packet_header(packet, walk->offset + HSR_TAG, sizeof(copy), &copy);
		return tag ? walk_link(packet, walk, HSR_TAG + sizeof(*tag), tag->protocol)
			   : WALK_BAD;
	case ETH_P_PPP_SES:
		return walk_pppoe(packet, walk);
	case ETH_P_BATMAN:
		return walk_batman(packet, walk);
	}
	return walk_end(packet, walk);
}

static __always_inline int walk_extension(PACKET *packet, struct walk *walk)
{
	struct ipv6_extension copy;
	struct ipv6_extension *extension = packet_header(packet, walk->offset, sizeof(copy), &copy);

	if (walk->protocol != bpf_htons(ETH_P_IPV6))
		return WALK_PORTS;
	if (!extension)
		return WALK_BAD;
	walk->offset += (extension->length + 1) * 8;
	walk->ip_protocol = extension->next;
	return WALK_TRANSPORT;
}

static __always_inline int walk_ipv6_fragment(PACKET *packet, struct walk *walk)
{
	struct bpf_flow_keys *keys = packet_keys(packet);
	struct ipv6_fragment copy;
	struct ipv6_fragment *fragment = packet_header(packet, walk->offset, sizeof(copy), &copy);
	bool first;

	if (walk->protocol != bpf_htons(ETH_P_IPV6))
		return WALK_PORTS;
	if (!fragment)
		return WALK_BAD;
	walk->offset += sizeof(*fragment);
	walk->ip_protocol = fragment->next;
	first = !(fragment->offset & bpf_htons(IPV6_FRAGMENT_OFFSET));
	dissect_set_fragment(keys, first);
	if (first && keys->flags & BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG)
		return WALK_TRANSPORT;
	return WALK_DONE;
}

int walk_transport(PACKET *packet, struct walk *walk)
{
	if (!packet || !walk)
		return WALK_BAD;
	switch (walk->ip_protocol) {
	case IPPROTO_HOPOPTS:
	case IPPROTO_ROUTING:
	case IPPROTO_DSTOPTS:
		return walk_extension(packet, walk);
	case IPPROTO_FRAGMENT:
		return walk_ipv6_fragment(packet, walk);
	case IPPROTO_IPIP:
		return walk_tunnel(packet, walk, bpf_htons(ETH_P_IP));
	case IPPROTO_IPV6:
		return walk_tunnel(packet, walk, bpf_htons(ETH_P_IPV6));
	case IPPROTO_GRE:
		return walk_gre(packet, walk);
	case IPPROTO_MPLS:
		walk->protocol = bpf_htons(ETH_P_MPLS_UC);
		return WALK_NETWORK;
	}
	return WALK_PORTS;
}

int walk_inner(PACKET *packet, struct walk *walk, int next)
{
	if (!packet || !walk)
		return WALK_BAD;
	if (next == WALK_PORTS)
		return inner_udp(packet, walk, packet_keys(packet)->flags);
	return inner_unknown(packet, walk, packet_keys(packet)->flags);
}

/* What is said of a packet when what is in it is no good: the innermost that is good, if any is. */
struct outer {
	struct bpf_flow_keys keys;
	struct walk walk;
	int next; /* 0: there is none */
};

/* Goes on in what the kernel's own dissector ends at, with an option and if there is anything. */
static __always_inline int walk_beyond(PACKET *packet, struct walk *walk, int next,
				       struct outer *outer)
{
	struct bpf_flow_keys *keys = packet_keys(packet);
	struct walk inner = *walk;
	int found = walk_inner(packet, &inner, next);

	if (found > WALK_TRANSPORT)
		return next;
	if (!outer->next || next == WALK_PORTS) {
		outer->keys = *keys;
		outer->walk = *walk;
		outer->next = next;
	}
	keys->is_encap = 1;
	if (keys->flags & BPF_FLOW_DISSECTOR_F_STOP_AT_ENCAP)
		return next == WALK_PORTS ? WALK_PORTS : WALK_DONE;
	*walk = inner;
	if (found == WALK_NETWORK && walk->link)
		keys->nhoff = walk->offset;
	return found;
}

/* IPsec's security parameter index goes where ports go, as in the kernel's own dissector. */
static __always_inline void walk_ports(PACKET *packet, const struct walk *walk)
{
	__u32 offset = walk->offset;
	__be16 copy[2], *ports;

	switch (walk->ip_protocol) {
	case IPPROTO_AH:
		offset += AH_INDEX;
		break;
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
	case IPPROTO_ESP:
		break;
	default:
		return;
	}
	ports = packet_header(packet, offset, sizeof(copy), copy);
	if (ports)
		dissect_set_ports(packet_keys(packet), ports[0], ports[1]);
}

/* Fills in the keys of a packet; BPF_OK or BPF_DROP. *lost is as in struct walk. */
static __always_inline int dissect_packet(PACKET *packet, bool *lost)
{
	struct bpf_flow_keys *keys = packet_keys(packet);
	struct walk walk = {.offset = keys->nhoff, .protocol = keys->n_proto, .link = true};
	struct outer outer = {};
	int next = WALK_NETWORK;

	for (int step = 0; step < WALK_STEPS; step++) {
		if (next == WALK_NETWORK)
			next = walk_network(packet, &walk);
		if (next == WALK_TRANSPORT)
			next = walk_transport(packet, &walk);
		if ((next == WALK_PORTS || next == WALK_UNKNOWN) && keys->flags & DISSECT_BEYOND)
			next = walk_beyond(packet, &walk, next, &outer);
		if (next >= WALK_PORTS)
			break;
	}
	if (next >= WALK_BAD && outer.next) {
		*keys = outer.keys;
		walk = outer.walk;
		next = outer.next;
	}
	if (next == WALK_PORTS || next == WALK_TRANSPORT)
		walk_ports(packet, &walk);
	*lost = walk.lost;
	keys->thoff = walk.offset > 0xffff ? 0xffff : walk.offset;
	keys->n_proto = walk.protocol;
	keys->ip_proto = walk.ip_protocol;
	return next >= WALK_BAD ? BPF_DROP : BPF_OK;
}

#endif
