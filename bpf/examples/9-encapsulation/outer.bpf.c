// SPDX-License-Identifier: GPL-2.0-only
/* Takes a GRE packet for a flow between the ends of its tunnel, by key, whatever is in it. */
#include "vmlinux.h"
#include <bpfview/dissect.bpf.h>

char LICENSE[] SEC("license") = "GPL";

#define IPPROTO_GRE 47
#define GRE_KEY	    0x2000

struct gre {
	__be16 flags, protocol;
	__be16 key[2]; /* if there is one */
};

SEC("flow_dissector")
int outer(struct __sk_buff *ctx)
{
	struct bpf_flow_keys *keys = ctx->flow_keys;
	struct iphdr ip_copy, *ip;
	struct gre gre_copy, *gre;

	if (keys->n_proto != bpf_htons(ETH_P_IP))
		return BPF_FLOW_DISSECTOR_CONTINUE;
	ip = dissect_header(ctx, keys->nhoff, sizeof(ip_copy), &ip_copy);
	if (!ip || ip->protocol != IPPROTO_GRE || ip->ihl != 5)
		return BPF_FLOW_DISSECTOR_CONTINUE;
	keys->ip_proto = ip->protocol;
	keys->thoff = keys->nhoff + sizeof(*ip);
	dissect_set_ipv4(keys, &ip->saddr, &ip->daddr);
	gre = dissect_header(ctx, keys->nhoff + sizeof(*ip), sizeof(gre_copy), &gre_copy);
	if (gre && gre->flags & bpf_htons(GRE_KEY))
		dissect_set_ports(keys, gre->key[0], gre->key[1]);
	return BPF_OK;
}
