/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers of processes and threads, as the reader's pid namespace has them. */
#ifndef BPFVIEW_TASK_PID_H
#define BPFVIEW_TASK_PID_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#define TASK_PID_GROUP 1 /* PIDTYPE_TGID */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

/* What all iterators over tasks keep first: the namespace that bounds what they give. */
struct bpf_iter_seq_task_common {
	struct pid_namespace *ns;
};

struct pid_namespace___level {
	unsigned int level;
};

#pragma clang attribute pop

/* Who is numbered by which namespace. The first one, at level 0, sees all. */
struct numbering {
	const struct pid_namespace *namespace;
	__u32 level;
};

/* Of the namespace that the iterator was opened in. */
static inline struct numbering numbering_of(struct seq_file *seq)
{
	const struct bpf_iter_seq_task_common *common = BPF_CORE_READ(seq, private);
	const struct pid_namespace *namespace = BPF_CORE_READ(common, ns);
	const struct pid_namespace___level *level = (const void *)namespace;
	struct numbering numbering = {namespace, BPF_CORE_READ(level, level)};

	return numbering;
}

/* 0 for a pid that the namespace can't see. */
static inline __u32 number_in(const struct numbering *numbering, struct pid *pid)
{
	struct upid number = {};

	if (!pid || numbering->level > pid->level)
		return 0;
	bpf_probe_read_kernel(&number, sizeof(number),
			      (void *)pid + bpf_core_field_offset(struct pid, numbers) +
				      numbering->level * sizeof(number));
	return number.ns == numbering->namespace ? number.nr : 0;
}

static inline __u32 process_number(const struct numbering *numbering, struct task_struct *task)
{
	return numbering->level ? number_in(numbering, task->signal->pids[TASK_PID_GROUP])
				: (__u32)task->tgid;
}

static inline __u32 thread_number(const struct numbering *numbering, struct task_struct *task)
{
	return numbering->level ? number_in(numbering, task->thread_pid) : (__u32)task->pid;
}

/* The global number beside it, where that differs; else 0. */
static inline __u32 number_beside(__u32 number, int global)
{
	return number == (__u32)global ? 0 : (__u32)global;
}

#endif
