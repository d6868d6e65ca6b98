// SPDX-License-Identifier: GPL-2.0-only
/* The flows of a protocol of one's own: EtherType 0x88b5, then two ports and two IPv4 addresses. */
#include "vmlinux.h"
#include <bpfview/dissect.bpf.h>

char LICENSE[] SEC("license") = "GPL";

#define TOY 0x88b5

struct toy {
	__be16 source_port, destination_port;
	__be32 source, destination;
};

SEC("flow_dissector")
int toy(struct __sk_buff *ctx)
{
	struct bpf_flow_keys *keys = ctx->flow_keys;
	struct toy copy, *header;

	if (keys->n_proto != bpf_htons(TOY))
		return BPF_FLOW_DISSECTOR_CONTINUE; /* the kernel's own goes on */
	header = dissect_header(ctx, keys->nhoff, sizeof(copy), &copy);
	if (!header)
		return BPF_DROP;
	keys->thoff = keys->nhoff + sizeof(*header);
	dissect_set_ipv4(keys, &header->source, &header->destination);
	dissect_set_ports(keys, header->source_port, header->destination_port);
	return BPF_OK;
}
