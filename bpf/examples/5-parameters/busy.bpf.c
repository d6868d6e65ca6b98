// SPDX-License-Identifier: GPL-2.0-only
/* Processes that have used more than so much of the processors. */
#include "vmlinux.h"
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

enum busy_order {
	BUSY_ANY,
	BUSY_USER,
	BUSY_KERNEL,
};

const volatile __u64 least_ns = 0;
const volatile enum busy_order which = BUSY_ANY;
const volatile char name[16] = "";
__u64 looked_at = 0;

struct busy_row {
	__u64 user_ns;
	__u64 kernel_ns;
	__u32 pid;
	char comm[20];
};
BPFVIEW_ROW(busy);

static bool is_named(const char *comm)
{
	for (int i = 0; i < 16 && name[0]; i++) {
		if (comm[i] != name[i])
			return false;
		if (!comm[i])
			break;
	}
	return true;
}

SEC("iter/task")
int busy(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct busy_row row = {};
	__u64 used;

	if (!task)
		return 0;
	__sync_fetch_and_add(&looked_at, 1);
	row.user_ns = task->utime;
	row.kernel_ns = task->stime;
	row.pid = task->pid;
	bpf_probe_read_kernel(row.comm, sizeof(row.comm), task->comm);
	used = which == BUSY_USER     ? row.user_ns
	       : which == BUSY_KERNEL ? row.kernel_ns
				      : row.user_ns + row.kernel_ns;
	if (used >= least_ns && is_named(row.comm))
		bpfview_write_row(ctx->meta->seq, &row);
	return 0;
}
