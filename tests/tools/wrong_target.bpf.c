// SPDX-License-Identifier: GPL-2.0-only
/* An iterator of what no kernel iterates. */
#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

SEC("iter/wishes")
int wishes(struct bpf_iter__task *context)
{
	BPF_SEQ_PRINTF(context->meta->seq, "one\n");
	return 0;
}
