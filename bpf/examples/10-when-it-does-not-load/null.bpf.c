// SPDX-License-Identifier: GPL-2.0-only
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1000);
	__type(key, __u32);
	__type(value, __u64);
} visits SEC(".maps");

SEC("iter/task")
int null(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	__u32 pid = task ? task->pid : 0;
	__u64 *count = bpf_map_lookup_elem(&visits, &pid);

	BPF_SEQ_PRINTF(ctx->meta->seq, "%d %llu\n", pid, *count);
	return 0;
}
