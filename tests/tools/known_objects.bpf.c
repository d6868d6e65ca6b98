// SPDX-License-Identifier: GPL-2.0-only
/* Programs of many types, and maps, for known_objects.c. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

/* Most of them do nothing. */
#pragma clang diagnostic ignored "-Wunused-parameter"

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 100);
	__type(key, __u32);
	__type(value, __u64);
} known_hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 7);
	__type(key, __u32);
	__type(value, char[24]);
} known_array_fif SEC(".maps");

static inline void use_maps(void)
{
	__u32 key = 1;

	bpf_map_lookup_elem(&known_hash, &key);
	bpf_map_lookup_elem(&known_array_fif, &key);
}

SEC("socket")
int known_filter(struct __sk_buff *packet)
{
	use_maps();
	return packet->len;
}

__noinline int known_function(struct __sk_buff *packet)
{
	return packet->len + 1;
}

SEC("socket")
int known_filter_with_a_long_name(struct __sk_buff *packet)
{
	return known_function(packet);
}

SEC("raw_tp/task_rename")
int known_raw(void *context)
{
	return 0;
}

SEC("tp/task/task_rename")
int known_point(void *context)
{
	return 0;
}

SEC("kprobe/bpf_fentry_test1")
int known_probe(void *context)
{
	return 0;
}

SEC("uprobe")
int known_uprobe(void *context)
{
	return 0;
}

SEC("fentry/bpf_fentry_test1")
int known_entry(void *context)
{
	return 0;
}

SEC("fexit/known_function")
int known_exit(void *context)
{
	return 0;
}

SEC("cgroup_skb/egress")
int known_egress(struct __sk_buff *packet)
{
	return 1;
}

SEC("xdp")
int known_xdp(struct xdp_md *packet)
{
	return XDP_PASS;
}

SEC("tc")
int known_tc(struct __sk_buff *packet)
{
	return -1;
}

SEC("flow_dissector")
int known_dissector(struct __sk_buff *packet)
{
	return 129;
}

SEC("iter/bpf_map_elem")
int known_iter(void *context)
{
	return 0;
}

SEC("iter.s/task")
int known_sleeper(void *context)
{
	return 0;
}
