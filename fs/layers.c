// SPDX-License-Identifier: GPL-2.0-only
/* The walk of the built-in dissector, made here once more to see where it goes. */
#include "layers.h"

#include <bpf/bpf_endian.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <bpfview/dissect.bpf.h>

#include "../bpf/dissect_headers.h"
#include "protocol_name.h"

struct frame {
	const uint8_t *bytes;
	size_t size;
	uint32_t ethernet; /* where an Ethernet header was read in this step, or 0 */
	struct bpf_flow_keys keys;
};

#define PACKET struct frame

static inline void *packet_header(struct frame *frame, __u32 offset, __u32 size, void *copy)
{
	if (offset > frame->size || size > frame->size - offset)
		return NULL;
	if (size == sizeof(struct ethhdr))
		frame->ethernet = offset;
	if (size == sizeof(struct batman_header))
		frame->ethernet = offset + offsetof(struct batman_header, ethernet);
	return memcpy(copy, frame->bytes + offset, size);
}

static inline struct bpf_flow_keys *packet_keys(struct frame *frame)
{
	return &frame->keys;
}

#include "../bpf/dissect_packet.h"

static const struct {
	uint16_t number;
	const char *name;
} ethertypes[] = {
	{ETH_P_IP, "ipv4"},	  {ETH_P_IPV6, "ipv6"},	      {ETH_P_8021Q, "vlan"},
	{ETH_P_8021AD, "svlan"},  {ETH_P_QINQ1, "vlan-9100"}, {ETH_P_QINQ2, "vlan-9200"},
	{ETH_P_ARP, "arp"},	  {ETH_P_RARP, "rarp"},	      {ETH_P_MPLS_UC, "mpls"},
	{ETH_P_MPLS_MC, "mpls"},  {ETH_P_PPP_SES, "pppoe"},   {ETH_P_BATMAN, "batman-adv"},
	{ETH_P_PRP, "prp"},	  {ETH_P_HSR, "hsr"},	      {ETH_P_TIPC, "tipc"},
	{ETH_P_FCOE, "fcoe"},	  {ETH_P_1588, "ptp"},	      {ETH_P_CFM, "cfm"},
	{ETH_P_ERSPAN, "erspan"}, {ETH_P_ERSPAN2, "erspan"},  {ETH_P_NSH, "nsh"},
	{ETH_P_LLDP, "lldp"},	  {ETH_P_PAE, "eapol"},	      {ETH_P_MACSEC, "macsec"},
	{ETH_P_SLOW, "slow"},
};

static const struct {
	uint16_t port;
	const char *name;
} tunnels[] = {
	{VXLAN_PORT, "vxlan"},
	{GENEVE_PORT, "geneve"},
	{GTP_PORT, "gtp"},
	{GUE_PORT, "gue"},
};

static void layer_add(struct layers *layers, uint32_t offset, const char *name)
{
	struct layer *layer = &layers->layers[layers->count];

	if (layers->count == LAYERS_MOST || offset >= layers->size)
		return;
	layers->count++;
	layer->offset = offset;
	snprintf(layer->name, sizeof(layer->name), "%s", name);
}

static void ethertype_add(struct layers *layers, uint32_t offset, uint16_t number)
{
	char name[24];

	for (size_t i = 0; i < sizeof(ethertypes) / sizeof(ethertypes[0]); i++) {
		if (ethertypes[i].number != number)
			continue;
		layer_add(layers, offset, ethertypes[i].name);
		return;
	}
	snprintf(name, sizeof(name), "ethertype-0x%04x", number);
	layer_add(layers, offset, number < ETH_P_802_3_MIN ? "llc" : name);
}

/* By its IP protocol; IP in IP and MPLS in IP have no header between them. */
static void protocol_add(struct layers *layers, const struct walk *walk)
{
	const char *known = protocol_name(walk->ip_protocol);
	char name[24];

	if (walk->ip_protocol == IPPROTO_IPIP || walk->ip_protocol == IPPROTO_IPV6 ||
	    walk->ip_protocol == IPPROTO_MPLS)
		return;
	snprintf(name, sizeof(name), "ip-protocol-%u", walk->ip_protocol);
	if (walk->ip_protocol == IPPROTO_HOPOPTS)
		known = walk->protocol == bpf_htons(ETH_P_IPV6) ? "ipv6-hopopts" : NULL;
	layer_add(layers, walk->offset, known ? known : name);
}

/* What the step has gone past beside the header that it began at. */
static void passed_add(struct layers *layers, const struct frame *frame, const struct walk *before,
		       const struct walk *after)
{
	const uint32_t ppp = sizeof(struct gre_header) + sizeof(struct ppp_header);

	if (frame->ethernet)
		layer_add(layers, frame->ethernet, "ethernet");
	else if (before->ip_protocol == IPPROTO_GRE && after->offset >= before->offset + ppp &&
		 frame->bytes[before->offset + 1] & GRE_VERSION_1)
		layer_add(layers, after->offset - sizeof(struct ppp_header), "ppp");
}

static int step_network(struct layers *layers, struct frame *frame, struct walk *walk)
{
	int next;

	ethertype_add(layers, walk->offset, bpf_ntohs(walk->protocol));
	frame->ethernet = 0;
	next = walk_network(frame, walk);
	if (frame->ethernet) /* of batman-adv */
		layer_add(layers, frame->ethernet, "ethernet");
	return next;
}

static int step_transport(struct layers *layers, struct frame *frame, struct walk *walk)
{
	const struct walk before = *walk;
	int next;

	protocol_add(layers, walk);
	frame->ethernet = 0;
	next = walk_transport(frame, walk);
	passed_add(layers, frame, &before, walk);
	return next;
}

static void tunnel_add(struct layers *layers, const struct frame *frame, uint32_t udp)
{
	uint16_t port = (uint16_t)(frame->bytes[udp + 2] << 8 | frame->bytes[udp + 3]);

	for (size_t i = 0; i < sizeof(tunnels) / sizeof(tunnels[0]); i++)
		if (tunnels[i].port == port)
			layer_add(layers, udp + sizeof(struct udphdr), tunnels[i].name);
}

/* What the options add. */
static int step_beyond(struct layers *layers, struct frame *frame, struct walk *walk, int next)
{
	struct walk inner = *walk;
	int found;

	if (!(frame->keys.flags & DISSECT_BEYOND))
		return WALK_DONE;
	frame->ethernet = 0;
	found = walk_inner(frame, &inner, next);
	if (found > WALK_TRANSPORT)
		return WALK_DONE;
	if (next == WALK_PORTS)
		tunnel_add(layers, frame, walk->offset);
	if (frame->ethernet)
		layer_add(layers, frame->ethernet, "ethernet");
	*walk = inner;
	return found;
}

void layers_find(const uint8_t *frame, size_t size, uint32_t options, struct layers *out)
{
	struct frame packet = {
		.bytes = frame, .size = size, .keys = {.flags = options & DISSECT_BEYOND}};
	struct walk walk = {.offset = ETH_HLEN, .link = true};
	int next = size < ETH_HLEN ? WALK_DONE : WALK_NETWORK;

	out->count = 0;
	out->size = size;
	layer_add(out, 0, "ethernet");
	if (next == WALK_NETWORK)
		memcpy(&walk.protocol, frame + offsetof(struct ethhdr, h_proto),
		       sizeof(walk.protocol));
	for (int step = 0; step < WALK_STEPS && next <= WALK_TRANSPORT; step++) {
		if (next == WALK_NETWORK)
			next = step_network(out, &packet, &walk);
		if (next == WALK_TRANSPORT)
			next = step_transport(out, &packet, &walk);
		if (next == WALK_PORTS || next == WALK_UNKNOWN)
			next = step_beyond(out, &packet, &walk, next);
	}
}
