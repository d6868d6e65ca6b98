// SPDX-License-Identifier: GPL-2.0-only
/*
 * Iterators over an array of numbers that only give those that are not 0: `silent` each as a record
 * of two numbers, `large` one like it or, from element 100 on, one that no buffer holds.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct bpf_iter_meta {
	struct seq_file *seq;
};

struct bpf_iter__bpf_map_elem {
	struct bpf_iter_meta *meta;
	struct bpf_map *map;
	__u32 *key;
	__u32 *value;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} numbers SEC(".maps");

char much[40000];

SEC("iter/bpf_map_elem")
int silent(struct bpf_iter__bpf_map_elem *context)
{
	__u32 row[2];

	if (!context->key || !context->value || !*context->value)
		return 0;
	row[0] = *context->key;
	row[1] = *context->value;
	bpf_seq_write(context->meta->seq, row, sizeof(row));
	return 0;
}

SEC("iter/bpf_map_elem")
int large(struct bpf_iter__bpf_map_elem *context)
{
	if (context->key && context->value && *context->value && *context->key >= 100)
		bpf_seq_write(context->meta->seq, much, sizeof(much));
	return silent(context);
}
