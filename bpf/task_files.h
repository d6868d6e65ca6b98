/* SPDX-License-Identifier: GPL-2.0-only */
/* What the views of descriptors share: whose a descriptor is. */
#ifndef BPFVIEW_TASK_FILES_H
#define BPFVIEW_TASK_FILES_H

#include <bpfview/files.bpf.h>

#include "task_first.h"
#include "task_pid.h"

/* The thread, when the table of descriptors is its own; else 0. */
static inline __u32 owner_tid(const struct numbering *numbering, struct task_struct *task)
{
	return task->pid == task->tgid ? 0 : thread_number(numbering, task);
}

#endif
