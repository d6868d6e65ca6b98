// SPDX-License-Identifier: GPL-2.0-only
/* What a user would write to see a map of u32 and u64 without bpfview: text made in the kernel. */
#include "elements.bpf.h"

char _license[] SEC("license") = "GPL";

SEC("iter/bpf_map_elem")
int elements_text(struct bpf_iter__bpf_map_elem *context)
{
	static const char format[] = "%u %llu\n";
	__u32 *key = context->key;
	__u64 *value = context->value;
	__u64 arguments[2];

	if (!key || !value)
		return 0;
	arguments[0] = *key;
	arguments[1] = *value;
	bpf_seq_printf(context->meta->seq, format, sizeof(format), arguments, sizeof(arguments));
	return 0;
}
