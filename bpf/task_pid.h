/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers of processes and threads, as the reader's pid namespace has them, and their names. */
#ifndef BPFVIEW_TASK_PID_H
#define BPFVIEW_TASK_PID_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#define TASK_PID_GROUP 1 /* PIDTYPE_TGID */
#define TASK_NAME_SIZE 16 /* TASK_COMM_LEN */

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
	struct bpf_iter_seq_task_common *common = seq->private;
	struct pid_namespace___level *namespace;
	__u32 level;

	if (kernel_has_bpf_rdonly_cast) {
		namespace = (void *)bpfview_untrusted(common)->ns;
		level = namespace->level;
	} else {
		namespace = (void *)BPF_CORE_READ(common, ns);
		level = BPF_CORE_READ(namespace, level);
	}
	return (struct numbering){(void *)namespace, level};
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

/* In words: the compiler would take the bytes one by one. */
static inline void task_fill_name(char *name, const struct task_struct *task)
{
	__builtin_memcpy(name, (const __u64 *)task->comm, sizeof(task->comm));
}

#endif
