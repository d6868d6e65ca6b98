// SPDX-License-Identifier: GPL-2.0-only
/* Iterators as users write them: with rows and as text, of tasks, a map's elements and cgroups. */
#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

enum own_which {
	OWN_ALL,
	OWN_NAMED,
};

const volatile __u32 least_pid = 0;
const volatile char wanted[16] = "";
const volatile enum own_which which = OWN_ALL;
const volatile bool twice = false;
const volatile __s8 tiny = -3;
__u64 seen = 0;
__u32 factor = 1;
struct {
	int one, two;
} pair = {1, 2};

struct rows_row {
	__u32 pid;
	__u32 scaled BPFVIEW_ABOUT("pid times factor");
	char comm[16];
};
BPFVIEW_ROW(rows);

static bool is_wanted(const char *comm)
{
	for (int i = 0; i < 16; i++) {
		if (comm[i] != wanted[i])
			return false;
		if (!comm[i])
			break;
	}
	return true;
}

SEC("iter/task")
int rows(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;
	struct rows_row row = {};

	if (!task)
		return 0;
	__sync_fetch_and_add(&seen, 1);
	row.pid = task->pid;
	row.scaled = task->pid * factor;
	bpf_probe_read_kernel(row.comm, sizeof(row.comm), task->comm);
	if (row.pid < least_pid || (which == OWN_NAMED && !is_wanted(row.comm)))
		return 0;
	bpfview_write_row(context->meta->seq, &row);
	if (twice)
		bpfview_write_row(context->meta->seq, &row);
	return 0;
}

SEC("iter/task")
int text(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;

	if (!task)
		BPF_SEQ_PRINTF(context->meta->seq, "end %d\n", (int)tiny);
	else if ((__u32)task->pid >= least_pid)
		BPF_SEQ_PRINTF(context->meta->seq, "%d\n", task->pid);
	return 0;
}
