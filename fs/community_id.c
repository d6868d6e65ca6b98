// SPDX-License-Identifier: GPL-2.0-only
#include "community_id.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <nettle/base64.h>
#include <nettle/sha1.h>
#include <string.h>

#define VERSION "1:"

struct flow {
	const void *source, *destination;
	size_t address_size;
	uint16_t ports[2]; /* in network order */
	bool has_ports, one_way;
};

/* Types that ask, each with the one that answers it. */
static const uint8_t asked_icmp[][2] = {{8, 0}, {13, 14}, {15, 16}, {10, 9}, {17, 18}};
static const uint8_t asked_icmpv6[][2] = {{128, 129}, {133, 134}, {135, 136},
					  {130, 131}, {139, 140}, {144, 145}};

/* The type stands for one port, what answers it for the other; or the code, when nothing does. */
static void flow_icmp(struct flow *flow, const uint8_t (*asked)[2], size_t count, uint8_t type,
		      uint8_t code)
{
	uint8_t other = code;

	flow->has_ports = true;
	flow->one_way = true;
	for (size_t i = 0; i < count; i++) {
		if (type != asked[i][0] && type != asked[i][1])
			continue;
		flow->one_way = false;
		other = asked[i][type == asked[i][0]];
	}
	flow->ports[0] = htons(type);
	flow->ports[1] = htons(other);
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* False when the ports are not in the frame. */
static bool flow_ports(struct flow *flow, const struct bpf_flow_keys *keys, const uint8_t *frame,
		       size_t size)
{
	const uint8_t *icmp = frame + keys->thoff;
	bool ported = keys->sport || keys->dport;

	switch (keys->ip_proto) {
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		if (keys->is_frag || keys->thoff + 2U > size)
			return false;
		if (keys->ip_proto == IPPROTO_ICMP)
			flow_icmp(flow, asked_icmp, COUNT(asked_icmp), icmp[0], icmp[1]);
		else
			flow_icmp(flow, asked_icmpv6, COUNT(asked_icmpv6), icmp[0], icmp[1]);
		return true;
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_SCTP:
		flow->has_ports = true;
		flow->ports[0] = keys->sport;
		flow->ports[1] = keys->dport;
		return ported || (!keys->is_frag && keys->thoff + 4U <= size);
	default:
		return true;
	}
}

static bool flow_of(const struct bpf_flow_keys *keys, const uint8_t *frame, size_t size,
		    struct flow *out)
{
	*out = (struct flow){0};
	if (keys->addr_proto == ETH_P_IP) {
		out->source = &keys->ipv4_src;
		out->destination = &keys->ipv4_dst;
		out->address_size = sizeof(keys->ipv4_src);
	} else if (keys->addr_proto == ETH_P_IPV6) {
		out->source = keys->ipv6_src;
		out->destination = keys->ipv6_dst;
		out->address_size = sizeof(keys->ipv6_src);
	} else {
		return false;
	}
	return flow_ports(out, keys, frame, size);
}

/* The smaller end comes first. */
static void flow_order(struct flow *flow)
{
	int order = memcmp(flow->source, flow->destination, flow->address_size);
	const void *source = flow->source;
	uint16_t port = flow->ports[0];

	if (flow->one_way || order < 0 || (!order && ntohs(port) <= ntohs(flow->ports[1])))
		return;
	flow->source = flow->destination;
	flow->destination = source;
	flow->ports[0] = flow->ports[1];
	flow->ports[1] = port;
}

bool community_id(const struct bpf_flow_keys *keys, const uint8_t *frame, size_t size,
		  char out[COMMUNITY_ID_SIZE])
{
	const uint8_t seed[2] = {0}, protocol[2] = {keys->ip_proto};
	uint8_t digest[SHA1_DIGEST_SIZE];
	struct sha1_ctx hash;
	struct flow flow;

	if (!flow_of(keys, frame, size, &flow))
		return false;
	flow_order(&flow);
	sha1_init(&hash);
	sha1_update(&hash, sizeof(seed), seed);
	sha1_update(&hash, flow.address_size, flow.source);
	sha1_update(&hash, flow.address_size, flow.destination);
	sha1_update(&hash, sizeof(protocol), protocol);
	if (flow.has_ports)
		sha1_update(&hash, sizeof(flow.ports), (const uint8_t *)flow.ports);
	sha1_digest(&hash, sizeof(digest), digest);
	memset(out, 0, COMMUNITY_ID_SIZE);
	strcpy(out, VERSION);
	base64_encode_raw(out + strlen(VERSION), sizeof(digest), digest);
	return true;
}
