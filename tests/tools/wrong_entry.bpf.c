// SPDX-License-Identifier: GPL-2.0-only
/* A dissector that must not be loaded: it has two programs, and none to enter at. */
#include <bpfview/dissect.bpf.h>

SEC("flow_dissector")
int one(struct __sk_buff *ctx)
{
	(void)ctx;
	return BPF_OK;
}

SEC("flow_dissector")
int other(struct __sk_buff *ctx)
{
	(void)ctx;
	return BPF_DROP;
}

char LICENSE[] SEC("license") = "GPL";
