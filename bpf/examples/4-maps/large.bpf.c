// SPDX-License-Identifier: GPL-2.0-only
/* The elements of a map whose value is not less than a limit. */
#include "vmlinux.h"
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

const volatile __u64 least = 1;

struct large_row {
	__u32 key;
	__u32 high;
	__u64 value;
};
BPFVIEW_ROW(large);

SEC("iter/bpf_map_elem")
int large(struct bpf_iter__bpf_map_elem *ctx)
{
	__u32 *key = ctx->key;
	__u64 *value = ctx->value;
	struct large_row row = {};

	if (!key || !value || *value < least)
		return 0;
	row.key = *key;
	row.high = *key >> 16;
	row.value = *value;
	bpfview_write_row(ctx->meta->seq, &row);
	return 0;
}
