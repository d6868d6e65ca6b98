/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the author of a flow dissector needs: read headers, set keys.
 *
 * SEC("flow_dissector")
 * int mine(struct __sk_buff *ctx)
 * {
 *	struct bpf_flow_keys *keys = ctx->flow_keys;
 *	struct udphdr copy, *udp = dissect_header(ctx, keys->nhoff, sizeof(copy), &copy);
 *
 *	if (!udp)
 *		return BPF_DROP;
 *	dissect_set_ports(keys, udp->source, udp->dest);
 *	return BPF_OK;
 * }
 *
 * The packet starts at keys->nhoff with a header of the EtherType keys->n_proto: never at 14, and a
 * VLAN tag may be there or may be gone already. BPF_FLOW_DISSECTOR_CONTINUE leaves a packet to the
 * kernel's own dissector.
 */
#ifndef BPFVIEW_DISSECT_BPF_H
#define BPFVIEW_DISSECT_BPF_H

#ifndef __VMLINUX_H__ /* which has all but the numbers, and comes first */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#endif
#ifndef ETH_P_IP
#define ETH_P_IP   0x0800
#define ETH_P_IPV6 0x86dd
#endif
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/*
 * The size bytes at offset, which is any number, or NULL when the packet is shorter. They are in
 * the packet, or in copy when the kernel keeps that part of the packet elsewhere. size is constant.
 */
static __always_inline void *dissect_header(struct __sk_buff *ctx, __u32 offset, __u32 size,
					    void *copy)
{
	__u8 *packet = (__u8 *)(long)ctx->data;
	__u8 *end = (__u8 *)(long)ctx->data_end;

	/* In this form clang keeps the bound that the verifier looks for. */
	if (offset > 0xffff - size)
		return NULL;
	if (packet + offset + size <= end)
		return packet + offset;
	if (bpf_skb_load_bytes(ctx, offset, copy, size))
		return NULL;
	return copy;
}

/* Addresses point at 4 bytes each. */
static __always_inline void dissect_set_ipv4(struct bpf_flow_keys *keys, const void *source,
					     const void *destination)
{
	keys->addr_proto = ETH_P_IP;
	__builtin_memcpy(&keys->ipv4_src, source, sizeof(keys->ipv4_src));
	__builtin_memcpy(&keys->ipv4_dst, destination, sizeof(keys->ipv4_dst));
}

/* Addresses point at 16 bytes each. */
static __always_inline void dissect_set_ipv6(struct bpf_flow_keys *keys, const void *source,
					     const void *destination)
{
	keys->addr_proto = ETH_P_IPV6;
	__builtin_memcpy(&keys->ipv6_src, source, sizeof(keys->ipv6_src));
	__builtin_memcpy(&keys->ipv6_dst, destination, sizeof(keys->ipv6_dst));
}

static __always_inline void dissect_set_ports(struct bpf_flow_keys *keys, __be16 source,
					      __be16 destination)
{
	keys->sport = source;
	keys->dport = destination;
}

static __always_inline void dissect_set_fragment(struct bpf_flow_keys *keys, int first)
{
	keys->is_frag = 1;
	if (first)
		keys->is_first_frag = 1;
}

#endif
