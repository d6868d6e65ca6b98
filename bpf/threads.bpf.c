// SPDX-License-Identifier: GPL-2.0-only
#define TASK_ROW threads_row
#include "task.h"

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(threads);

static __noinline long write_row(struct seq_file *seq, struct task_struct *task)
{
	struct numbering numbering = numbering_of(seq);
	struct threads_row row = {};
	struct task_times times;

	task_fill_ids(&row, &numbering, task);
	task_fill_state(&row, task);
	times_of_thread(&times, task);
	times_adjust(&times, task->prev_cputime.utime, task->prev_cputime.stime);
	task_fill_times(&row, &times);
	return bpfview_write_row(seq, &row);
}

SEC("iter/task")
int threads(struct bpf_iter__task *context)
{
	struct seq_file *seq = context->meta->seq;
	struct task_struct *task = context->task;

	if (!task)
		return 0;
	task = bpfview_untrusted(task);
	if (!write_row(seq, task))
		cgroup_write_path(seq, task->cgroups->dfl_cgrp);
	return 0;
}
