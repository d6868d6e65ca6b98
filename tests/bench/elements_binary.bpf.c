// SPDX-License-Identifier: GPL-2.0-only
/* The least that an iterator over a map of u32 and u64 can do: the element as it is. */
#include "elements.bpf.h"

struct element {
	__u64 key, value;
};

char _license[] SEC("license") = "GPL";

SEC("iter/bpf_map_elem")
int elements_binary(struct bpf_iter__bpf_map_elem *context)
{
	__u32 *key = context->key;
	__u64 *value = context->value;
	struct element element;

	if (!key || !value)
		return 0;
	element.key = *key;
	element.value = *value;
	bpf_seq_write(context->meta->seq, &element, sizeof(element));
	return 0;
}
