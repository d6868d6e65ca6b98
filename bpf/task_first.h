/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Threads share descriptors and memory, which have their rows once: with the first thread that has
 * them. That is the process's own first thread unless it has ended before the others.
 */
#ifndef BPFVIEW_TASK_FIRST_H
#define BPFVIEW_TASK_FIRST_H

#include <bpfview/files.bpf.h>
#include <bpfview/view.bpf.h>

#define TASK_THREADS (1 << 20) /* looked at */

static inline const void *task_files(struct task_struct *task)
{
	return BPF_CORE_READ((struct task_struct___files *)task, files);
}

static inline const void *task_shared(struct task_struct *task, bool memory)
{
	return memory ? (const void *)BPF_CORE_READ(task, mm) : task_files(task);
}

struct first_walk {
	struct list_head *position, *head;
	const void *shared;
	struct task_struct *found;
	bool memory;
};

static long first_step(__u32 index, struct first_walk *walk)
{
	struct list_head *position = walk->position;
	struct task_struct *task;

	(void)index;
	if (!position || position == walk->head)
		return 1;
	task = (void *)position - bpf_core_field_offset(struct task_struct, thread_node);
	if (task_shared(task, walk->memory) == walk->shared) {
		walk->found = task;
		return 1;
	}
	bpf_probe_read_kernel(&walk->position, sizeof(position), &position->next);
	return 0;
}

/* Whether it is the first with its memory, or with its descriptors. */
static inline bool task_is_first(struct task_struct *task, bool memory)
{
	struct signal_struct *signal = task->signal;
	struct first_walk walk = {.shared = task_shared(task, memory), .memory = memory};

	if (task->pid == task->tgid)
		return true;
	if (task_shared(task->group_leader, memory) == walk.shared)
		return false;
	walk.position = signal->thread_head.next;
	walk.head = (void *)signal + bpf_core_field_offset(struct signal_struct, thread_head);
	bpf_loop(TASK_THREADS, first_step, &walk, 0);
	return !walk.found || walk.found == task;
}

#endif
