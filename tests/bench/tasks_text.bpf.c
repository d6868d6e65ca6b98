// SPDX-License-Identifier: GPL-2.0-only
/*
 * The columns of the tasks view as text made in the kernel: the same facts, gathered by the same
 * functions, so that what is compared is the way they are printed and carried. Simpler in two
 * points: a command line is cut to CMDLINE bytes, a cgroup's path goes up from its leaf.
 */
#define TASK_ROW tasks_row
#include "../../bpf/task.h"

#define CMDLINE 128

char LICENSE[] SEC("license") = "GPL";

static long print_component(__u32 index, struct cgroup_walk *walk)
{
	struct kernfs_node *node = walk->node;
	char name[BPFVIEW_STRING_SIZE];

	(void)index;
	if (!node)
		return 1;
	bpf_probe_read_kernel_str(name, sizeof(name), BPF_CORE_READ(node, name));
	BPF_SEQ_PRINTF(walk->seq, "/%s", name);
	walk->node = node_parent(node);
	return 0;
}

static __noinline long print_row(struct seq_file *seq, struct task_struct *task)
{
	struct tasks_row row = {};
	struct task_times times = {};
	struct numbering numbering = numbering_of(seq);

	task_fill_ids(&row, &numbering, task);
	task_fill_state(&row, task);
	times_of_process(&times, task);
	times_adjust(&times, task->signal->prev_cputime.utime, task->signal->prev_cputime.stime);
	task_fill_times(&row, &times);
	BPF_SEQ_PRINTF(seq, "%u %u %u %u %u %u %u %d %d %u %llu %llu ", row.pid, row.tid, row.ppid,
		       row.uid, row.gid, row.state, row.threads, row.priority, row.nice, row.cpu,
		       row.rss_bytes, row.virtual_bytes);
	BPF_SEQ_PRINTF(seq, "%llu %llu %llu %llu %llu %llu %llu %llu %u %u %u %u ", row.utime_ns,
		       row.stime_ns, row.start_time, row.start_ns, row.minor_faults,
		       row.major_faults, row.voluntary_switches, row.involuntary_switches,
		       row.net_ns, row.pid_ns, row.mnt_ns, row.user_ns);
	BPF_SEQ_PRINTF(seq, "%u %u ", row.global_pid, row.global_tid);
	return 0;
}

static __noinline long print_cmdline(struct seq_file *seq, struct task_struct *task)
{
	struct mm_struct *mm = task->mm;
	char bytes[CMDLINE] = {};
	unsigned long size;

	if (!mm || task->flags & TASK_KERNEL_THREAD)
		return BPF_SEQ_PRINTF(seq, " -");
	size = mm->arg_end - mm->arg_start;
	if (size > CMDLINE)
		size = CMDLINE;
	bpf_copy_from_user_task(bytes, size, (void *)mm->arg_start, task, 0);
	return bpf_seq_write(seq, bytes, size);
}

SEC("iter.s/task")
int tasks_text(struct bpf_iter__task *context)
{
	struct seq_file *seq = context->meta->seq;
	struct task_struct *task = context->task;
	struct cgroup_walk walk = {.seq = seq};
	char comm[TASK_NAME_SIZE];

	if (!task || task->pid != task->tgid)
		return 0;
	print_row(seq, task);
	walk.node = task->cgroups->dfl_cgrp->kn;
	bpf_loop(CGROUP_DEPTH, print_component, &walk, 0);
	print_cmdline(seq, task);
	bpf_probe_read_kernel_str(comm, sizeof(comm), task->comm);
	BPF_SEQ_PRINTF(seq, " %s\n", comm);
	return 0;
}
