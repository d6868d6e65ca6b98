// SPDX-License-Identifier: GPL-2.0-only
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

/* Rolls dice for each task until there is a six. */
SEC("iter/task")
int loop(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;

	if (!task)
		return 0;
	while (bpf_get_prandom_u32() % 6 != 5)
		;
	BPF_SEQ_PRINTF(ctx->meta->seq, "%d 6\n", task->pid);
	return 0;
}
