/* SPDX-License-Identifier: GPL-2.0-only */
/* What the views of descriptors share: whose a descriptor is. */
#ifndef BPFVIEW_TASK_FILES_H
#define BPFVIEW_TASK_FILES_H

#include <bpfview/files.bpf.h>

#include "task_pid.h"

#define TASK_NAME_SIZE 16

static inline struct files_struct *task_files(struct task_struct *task)
{
	return BPF_CORE_READ((struct task_struct___files *)task, files);
}

/* Before 6.2 the leader's descriptors come again for each of its threads. */
static inline bool task_files_repeated(struct task_struct *task)
{
	struct task_struct *leader = task->group_leader;

	return task != leader && task_files(task) == task_files(leader);
}

/* The thread, when the table of descriptors is its own; else 0. */
static inline __u32 owner_tid(const struct numbering *numbering, struct task_struct *task)
{
	return task->pid == task->tgid ? 0 : thread_number(numbering, task);
}

#endif
