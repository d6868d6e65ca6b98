// SPDX-License-Identifier: GPL-2.0-only
/* A classifier that returns the hash that the kernel makes of a packet's flow. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int hashes(struct __sk_buff *packet)
{
	bpf_set_hash_invalid(packet);
	return bpf_get_hash_recalc(packet);
}

char LICENSE[] SEC("license") = "GPL";
