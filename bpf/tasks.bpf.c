// SPDX-License-Identifier: GPL-2.0-only
#define TASK_ROW tasks_row
#define TASK_CMDLINE
#include "task.h"
#include "cmdline.h"

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(tasks);

static __noinline long write_row(struct seq_file *seq, struct task_struct *task)
{
	struct numbering numbering = numbering_of(seq);
	struct tasks_row row = {};
	struct task_times times = {};

	task_fill_ids(&row, &numbering, task);
	task_fill_state(&row, task);
	times_of_process(&times, task);
	times_adjust(&times, task->signal->prev_cputime.utime, task->signal->prev_cputime.stime);
	task_fill_times(&row, &times);
	return bpfview_write_row(seq, &row);
}

/* Sleeps: the command line may have to come in from swap. */
SEC("iter.s/task")
int tasks(struct bpf_iter__task *context)
{
	struct seq_file *seq = context->meta->seq;
	struct task_struct *task = context->task, *untrusted;

	if (!task || task->pid != task->tgid)
		return 0;
	untrusted = bpfview_untrusted(task);
	if (write_row(seq, untrusted))
		return 0;
	cgroup_write_path(seq, untrusted->cgroups->dfl_cgrp);
	cmdline_write(seq, task, task_memory(untrusted));
	return 0;
}
