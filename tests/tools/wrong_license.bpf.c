// SPDX-License-Identifier: GPL-2.0-only
/* An iterator under a license that the kernel keeps its types from. */
#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "Proprietary";

SEC("iter/task")
int closed(struct bpf_iter__task *context)
{
	BPF_SEQ_PRINTF(context->meta->seq, "%d\n", context->task ? context->task->pid : 0);
	return 0;
}
