/* SPDX-License-Identifier: GPL-2.0-only */
/* The columns of tasks and threads. Included once by each, which names its row in TASK_ROW. */
#ifndef BPFVIEW_TASK_H
#define BPFVIEW_TASK_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "cgroup.h"
#include "task_memory.h"
#include "task_pid.h"
#include "task_times.h"

#define TASK_KERNEL_THREAD 0x00200000 /* PF_KTHREAD */
#define TASK_PRIORITY_BASE 100 /* MAX_RT_PRIO: /proc and ps -o priority count from there */
#define TASK_NICE_BASE	   120

/* In the order of the kernel's bits of task_struct.__state and exit_state. */
enum task_state {
	state_running,
	state_sleeping,
	state_disk_sleep,
	state_stopped,
	state_tracing_stop,
	state_dead,
	state_zombie,
	state_parked,
	state_idle,
};

struct TASK_ROW {
	__u32 pid BPFVIEW_ABOUT("as the reader's pid namespace numbers it");
	__u32 tid BPFVIEW_ABOUT("of the thread; in tasks, of the first one");
	__u32 ppid BPFVIEW_ABOUT("the parent's pid");
	__u32 uid BPFVIEW_ABOUT("effective");
	__u32 gid BPFVIEW_ABOUT("effective");
	enum task_state state;
	__u32 threads BPFVIEW_ABOUT("of the process");
	__s32 priority BPFVIEW_ABOUT("as in ps -o priority: lower ones run first");
	__s32 nice;
	__u32 cpu BPFVIEW_ABOUT("that it runs on, or ran on last");
	__u64 rss_bytes BPFVIEW_ABOUT("memory of the process that is resident");
	__u64 virtual_bytes BPFVIEW_ABOUT("address space of the process");
	__u64 utime_ns BPFVIEW_ABOUT("CPU time in user space");
	__u64 stime_ns BPFVIEW_ABOUT("CPU time in the kernel");
	__u64 start_time BPFVIEW_BOOTTIME;
	__u64 start_ns BPFVIEW_ABOUT("the same, since boot");
	__u64 minor_faults BPFVIEW_ABOUT("page faults that read nothing from storage");
	__u64 major_faults BPFVIEW_ABOUT("page faults that read from storage");
	__u64 voluntary_switches BPFVIEW_ABOUT("times that it left the CPU, to wait");
	__u64 involuntary_switches BPFVIEW_ABOUT("times that the CPU was taken from it");
	__u32 net_ns BPFVIEW_NONE(0) BPFVIEW_ABOUT("network namespace, by its inode");
	__u32 pid_ns BPFVIEW_NONE(0) BPFVIEW_ABOUT("pid namespace");
	__u32 mnt_ns BPFVIEW_NONE(0) BPFVIEW_ABOUT("mount namespace");
	__u32 user_ns BPFVIEW_NONE(0) BPFVIEW_ABOUT("user namespace");
	__u32 global_pid BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("in the first pid namespace, where it is another");
	__u32 global_tid BPFVIEW_NONE(0) BPFVIEW_ABOUT("the same of tid");
	char cgroup[0] BPFVIEW_PATH_UP BPFVIEW_ABOUT("of version 2");
#ifdef TASK_CMDLINE
	char cmdline[0] BPFVIEW_ARGUMENTS BPFVIEW_ABOUT("arguments, cut at 16,384 bytes");
#endif
	char comm[TASK_NAME_SIZE];
};

const volatile __u64 page_size = 4096;

/* The memory of a process; that of a kernel thread is somebody else's. */
static inline struct mm_struct *task_memory(struct task_struct *task)
{
	return task->flags & TASK_KERNEL_THREAD ? NULL : task->mm;
}

static inline enum task_state task_state(struct task_struct *task)
{
	const unsigned int idle = 0x402, lock_wait = 0x1000, frozen = 0x8000, reported = 0x7f;
	unsigned int state = task->__state, bits = (state | task->exit_state) & reported;
	enum task_state number = state_running;

	if ((state & idle) == idle)
		return state_idle;
	if (state & (lock_wait | frozen))
		return state_disk_sleep;
	for (; bits && number < state_parked; bits >>= 1)
		number++;
	return number;
}

static inline __u32 task_namespace(struct task_struct *task)
{
	struct pid *pid = task->thread_pid;
	struct pid_namespace *namespace = NULL;

	if (!pid)
		return 0;
	bpf_probe_read_kernel(&namespace, sizeof(namespace),
			      (void *)pid + bpf_core_field_offset(struct pid, numbers) +
				      pid->level * sizeof(struct upid) + offsetof(struct upid, ns));
	return BPF_CORE_READ(namespace, ns.inum);
}

static inline void task_fill_ids(struct TASK_ROW *row, const struct numbering *numbering,
				 struct task_struct *task)
{
	const struct cred *cred = task->real_cred;

	row->pid = process_number(numbering, task);
	row->tid = thread_number(numbering, task);
	row->ppid = process_number(numbering, task->real_parent);
	row->global_pid = number_beside(row->pid, task->tgid);
	row->global_tid = number_beside(row->tid, task->pid);
	row->uid = cred->euid.val;
	row->gid = cred->egid.val;
	row->user_ns = cred->user_ns->ns.inum;
	/* A zombie has no nsproxy: what is read through NULL is 0. */
	row->net_ns = task->nsproxy->net_ns->ns.inum;
	row->mnt_ns = task->nsproxy->mnt_ns->ns.inum;
	row->pid_ns = task_namespace(task);
}

static inline void task_fill_state(struct TASK_ROW *row, struct task_struct *task)
{
	struct mm_struct *memory = task_memory(task);

	row->state = task_state(task);
	row->threads = task->signal->nr_threads;
	row->priority = task->prio - TASK_PRIORITY_BASE;
	row->nice = task->static_prio - TASK_NICE_BASE;
	row->cpu = task->thread_info.cpu;
	row->start_time = row->start_ns = task->start_boottime;
	if (memory) {
		row->rss_bytes = memory_resident(memory) * page_size;
		row->virtual_bytes = memory->total_vm * page_size;
	}
	task_fill_name(row->comm, task);
}

static inline void task_fill_times(struct TASK_ROW *row, const struct task_times *times)
{
	row->utime_ns = times->utime;
	row->stime_ns = times->stime;
	row->minor_faults = times->minor_faults;
	row->major_faults = times->major_faults;
	row->voluntary_switches = times->voluntary_switches;
	row->involuntary_switches = times->involuntary_switches;
}

#endif
