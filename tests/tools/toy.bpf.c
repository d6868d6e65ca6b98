// SPDX-License-Identifier: GPL-2.0-only
/*
 * A dissector for a protocol that the kernel doesn't know: EtherType 0x88b5 (for experiments), then
 * two ports and an IPv4 address each. All else is left to the kernel's own.
 */
#include <bpfview/dissect.bpf.h>

#define ETH_P_TOY 0x88b5

struct toy_header {
	__be16 source_port, destination_port;
	__be32 source, destination;
};

SEC("flow_dissector")
int toy(struct __sk_buff *ctx)
{
	struct bpf_flow_keys *keys = ctx->flow_keys;
	struct toy_header copy, *header;

	if (keys->n_proto != bpf_htons(ETH_P_TOY))
		return BPF_FLOW_DISSECTOR_CONTINUE;
	header = dissect_header(ctx, keys->nhoff, sizeof(copy), &copy);
	if (!header)
		return BPF_DROP;
	keys->thoff = keys->nhoff + sizeof(*header);
	dissect_set_ipv4(keys, &header->source, &header->destination);
	dissect_set_ports(keys, header->source_port, header->destination_port);
	return BPF_OK;
}

char LICENSE[] SEC("license") = "GPL";
