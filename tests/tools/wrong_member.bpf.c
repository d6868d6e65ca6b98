// SPDX-License-Identifier: GPL-2.0-only
/* An iterator that reads a member which the kernel's type has not. */
#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct task_struct___wished {
	int wishes;
} __attribute__((preserve_access_index));

SEC("iter/task")
int wished(struct bpf_iter__task *context)
{
	struct task_struct___wished *task = (void *)context->task;

	if (task)
		BPF_SEQ_PRINTF(context->meta->seq, "%d\n", task->wishes);
	return 0;
}
