// SPDX-License-Identifier: GPL-2.0-only
/* An iterator whose row has a hole, through which the kernel's stack would be seen. */
#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct holes_row {
	__u8 small;
	__u64 large;
};
BPFVIEW_ROW(holes);

SEC("iter/task")
int holes(struct bpf_iter__task *context)
{
	struct holes_row row = {};

	bpfview_write_row(context->meta->seq, &row);
	return 0;
}
