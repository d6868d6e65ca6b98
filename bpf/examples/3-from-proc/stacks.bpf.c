// SPDX-License-Identifier: GPL-2.0-only
/* Where in the kernel the threads are that nothing can wake but what they wait for. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

#define TASK_UNINTERRUPTIBLE 2
#define TASK_NOLOAD	     0x400
#define DEPTH		     12

SEC("iter/task")
int stacks(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct seq_file *seq = ctx->meta->seq;
	unsigned long frames[DEPTH] = {};
	unsigned int state;
	long size;

	if (!task)
		return 0;
	state = task->__state;
	if (!(state & TASK_UNINTERRUPTIBLE) || state & TASK_NOLOAD)
		return 0;
	BPF_SEQ_PRINTF(seq, "%d %s\n", task->pid, task->comm);
	size = bpf_get_task_stack(task, frames, sizeof(frames), 0);
	for (int i = 0; i < DEPTH && i * 8 < size; i++)
		BPF_SEQ_PRINTF(seq, "  %pB\n", frames[i]);
	return 0;
}
