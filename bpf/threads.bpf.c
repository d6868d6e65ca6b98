// SPDX-License-Identifier: GPL-2.0-only
#define TASK_ROW threads_row
#include "task.h"

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(threads);

SEC("iter/task")
int threads(struct bpf_iter__task *context)
{
	struct seq_file *seq = context->meta->seq;
	struct task_struct *task = context->task;
	struct threads_row row = {};
	struct task_times times;

	if (!task)
		return 0;
	task = bpfview_untrusted(task);
	task_fill_ids(&row, task);
	task_fill_state(&row, task);
	times_of_thread(&times, task);
	times_adjust(&times, task->prev_cputime.utime, task->prev_cputime.stime);
	task_fill_times(&row, &times);
	if (bpfview_write_row(seq, &row))
		return 0;
	cgroup_write_path(seq, task->cgroups->dfl_cgrp);
	return 0;
}
