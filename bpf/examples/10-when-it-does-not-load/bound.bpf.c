// SPDX-License-Identifier: GPL-2.0-only
#include "vmlinux.h"
#include <bpfview/dissect.bpf.h>

char LICENSE[] SEC("license") = "GPL";

SEC("flow_dissector")
int bound(struct __sk_buff *ctx)
{
	struct bpf_flow_keys *keys = ctx->flow_keys;
	struct iphdr copy, *ip = (void *)(long)ctx->data + keys->nhoff;

	if (!ip)
		return BPF_DROP;
	dissect_set_ipv4(keys, &ip->saddr, &ip->daddr);
	return BPF_OK;
}
