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
#define TASK_NAME_SIZE	   16

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
	__u32 pid, tid, ppid, uid, gid; /* uid and gid: the effective ones, as in ps */
	enum task_state state;
	__u32 threads;
	__s32 priority, nice;
	__u32 cpu;
	__u64 rss_bytes, virtual_bytes;
	__u64 utime_ns, stime_ns;
	__u64 start_time BPFVIEW_BOOTTIME;
	__u64 start_ns;
	__u64 minor_faults, major_faults, voluntary_switches, involuntary_switches;
	__u32 net_ns BPFVIEW_NONE(0);
	__u32 pid_ns BPFVIEW_NONE(0);
	__u32 mnt_ns BPFVIEW_NONE(0);
	__u32 user_ns BPFVIEW_NONE(0);
	__u32 global_pid BPFVIEW_NONE(0), global_tid BPFVIEW_NONE(0); /* where they differ */
	char cgroup[0] BPFVIEW_PATH_UP;
#ifdef TASK_CMDLINE
	char cmdline[0] BPFVIEW_ARGUMENTS;
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
	bpf_probe_read_kernel(row->comm, sizeof(row->comm), task->comm);
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
