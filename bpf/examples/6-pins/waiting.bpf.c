// SPDX-License-Identifier: GPL-2.0-only
/* How many threads run or wait for a processor, and how many wait for a disk. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

#define TASK_UNINTERRUPTIBLE 2
#define TASK_NOLOAD	     0x400

SEC("iter/task")
int waiting(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;

	if (!task)
		return 0;
	if (task->__state == 0)
		BPF_SEQ_PRINTF(ctx->meta->seq, "running %d %s\n", task->pid, task->comm);
	else if (task->__state & TASK_UNINTERRUPTIBLE && !(task->__state & TASK_NOLOAD))
		BPF_SEQ_PRINTF(ctx->meta->seq, "blocked %d %s\n", task->pid, task->comm);
	return 0;
}
