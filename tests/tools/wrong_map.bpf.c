// SPDX-License-Identifier: GPL-2.0-only
/* A dissector that must not be loaded: its map is too large. */
#include <bpfview/dissect.bpf.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1 << 24);
	__type(key, __u64);
	__type(value, __u64);
} large SEC(".maps");

SEC("flow_dissector")
int map(struct __sk_buff *ctx)
{
	__u64 key = ctx->flow_keys->nhoff;

	return bpf_map_lookup_elem(&large, &key) ? BPF_OK : BPF_DROP;
}

char LICENSE[] SEC("license") = "GPL";
