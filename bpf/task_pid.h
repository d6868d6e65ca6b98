/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers of processes and threads, as the reader's pid namespace has them. */
#ifndef BPFVIEW_TASK_PID_H
#define BPFVIEW_TASK_PID_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#define TASK_PID_GROUP 1 /* PIDTYPE_TGID */

/* The pid as the reader's pid namespace, at that level, numbers it; 0 when it has none there. */
static inline __u32 task_pid_at(struct pid *pid, __u32 level)
{
	__u32 number = 0;

	if (pid && level <= pid->level)
		bpf_probe_read_kernel(&number, sizeof(number),
				      (void *)pid + bpf_core_field_offset(struct pid, numbers) +
					      level * sizeof(struct upid));
	return number;
}

static inline __u32 reader_level(void)
{
	struct task_struct *reader = bpf_get_current_task_btf();

	return bpfview_untrusted(reader)->thread_pid->level;
}

#endif
