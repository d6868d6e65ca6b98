// SPDX-License-Identifier: GPL-2.0-only
/* A dissector that must not be loaded: the verifier can't see its end. */
#include <bpfview/dissect.bpf.h>

SEC("flow_dissector")
int endless(struct __sk_buff *ctx)
{
	struct bpf_flow_keys *keys = ctx->flow_keys;
	__u32 offset = keys->nhoff;
	__u8 copy, *byte;

	while ((byte = dissect_header(ctx, offset & 0xfff, sizeof(copy), &copy)))
		offset += *byte;
	keys->thoff = offset;
	return BPF_OK;
}

char LICENSE[] SEC("license") = "GPL";
