// SPDX-License-Identifier: GPL-2.0-only
#include "vmlinux.h"
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct procs_row {
	__u32 pid;
	__u32 threads BPFVIEW_ABOUT("how many it has");
	__u64 start_time BPFVIEW_BOOTTIME;
	__u64 flags BPFVIEW_HEX;
	__s32 nice;
	__u32 session BPFVIEW_NONE(0);
	char comm[16];
};
BPFVIEW_ROW(procs);

SEC("iter/task")
int procs(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct procs_row row = {};

	if (!task || task->pid != task->tgid)
		return 0;
	row.pid = task->pid;
	row.threads = task->signal->nr_threads;
	row.start_time = task->start_boottime;
	row.flags = task->flags;
	row.nice = task->static_prio - 120;
	row.session = task->mm ? task->signal->pids[PIDTYPE_SID]->numbers[0].nr : 0;
	bpf_probe_read_kernel(row.comm, sizeof(row.comm), task->comm);
	bpfview_write_row(ctx->meta->seq, &row);
	return 0;
}
