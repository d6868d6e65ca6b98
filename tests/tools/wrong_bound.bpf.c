// SPDX-License-Identifier: GPL-2.0-only
/* A dissector that must not be loaded: it reads without a look at the packet's end. */
#include <bpfview/dissect.bpf.h>

SEC("flow_dissector")
int bound(struct __sk_buff *ctx)
{
	const __u8 *packet = (void *)(long)ctx->data;

	return packet[ctx->flow_keys->nhoff] ? BPF_OK : BPF_DROP;
}

char LICENSE[] SEC("license") = "GPL";
