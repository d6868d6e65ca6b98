// SPDX-License-Identifier: GPL-2.0-only
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

/* As kernels before 5.14 have it: there, a task's state is called so. */
struct task_struct___old {
	long state;
} __attribute__((preserve_access_index));

SEC("iter/task")
int member(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct task_struct___old *old = (void *)task;
	long state = 0;

	if (!task)
		return 0;
	state = old->state;
	BPF_SEQ_PRINTF(ctx->meta->seq, "%d %ld\n", task->pid, state);
	return 0;
}
