// SPDX-License-Identifier: GPL-2.0-only
/*
 * The dissector of toy.bpf.c in parts, as the kernel's selftests have theirs: the one to enter at
 * calls others by a program array, which whoever loads it fills in. It also counts, in a map that
 * asks to be pinned.
 */
#include <bpfview/dissect.bpf.h>

#define ETH_P_TOY 0x88b5

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} jmp_table SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} toy_counts SEC(".maps");

SEC("flow_dissector")
int flow_dissector_0(struct __sk_buff *ctx)
{
	struct bpf_flow_keys *keys = ctx->flow_keys;
	__be16 copy[2], *ports = dissect_header(ctx, keys->nhoff, sizeof(copy), copy);

	if (!ports)
		return BPF_DROP;
	dissect_set_ports(keys, ports[0], ports[1]);
	return BPF_OK;
}

/* Without addresses the ports alone say nothing. */
SEC("flow_dissector")
int flow_dissector_1(struct __sk_buff *ctx)
{
	(void)ctx;
	return BPF_DROP;
}

SEC("flow_dissector")
int _dissect(struct __sk_buff *ctx)
{
	__u32 key = 0;
	__u64 *count = bpf_map_lookup_elem(&toy_counts, &key);

	if (count)
		__sync_fetch_and_add(count, 1);
	if (ctx->flow_keys->n_proto != bpf_htons(ETH_P_TOY))
		bpf_tail_call(ctx, &jmp_table, 1);
	bpf_tail_call(ctx, &jmp_table, 0);
	return 77;
}

char LICENSE[] SEC("license") = "GPL";
