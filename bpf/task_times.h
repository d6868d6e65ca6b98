/* SPDX-License-Identifier: GPL-2.0-only */
/* What a thread has used, or all threads of a process, dead ones too. */
#ifndef BPFVIEW_TASK_TIMES_H
#define BPFVIEW_TASK_TIMES_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

#define TIMES_THREADS (1 << 20)

/* Times in ns; runtime is what the scheduler measured, utime and stime what ticks have sampled. */
struct task_times {
	__u64 utime, stime, runtime;
	__u64 minor_faults, major_faults, voluntary_switches, involuntary_switches;
};

static inline void times_add_thread(struct task_times *times, struct task_struct *task)
{
	times->utime += BPF_CORE_READ(task, utime);
	times->stime += BPF_CORE_READ(task, stime);
	times->runtime += BPF_CORE_READ(task, se.sum_exec_runtime);
	times->minor_faults += BPF_CORE_READ(task, min_flt);
	times->major_faults += BPF_CORE_READ(task, maj_flt);
	times->voluntary_switches += BPF_CORE_READ(task, nvcsw);
	times->involuntary_switches += BPF_CORE_READ(task, nivcsw);
}

struct times_walk {
	struct task_times *times;
	struct list_head *position, *head;
};

static long times_step(__u32 index, struct times_walk *walk)
{
	struct list_head *position = walk->position;

	(void)index;
	if (!position || position == walk->head)
		return 1;
	times_add_thread(walk->times,
			 (void *)position - bpf_core_field_offset(struct task_struct, thread_node));
	bpf_probe_read_kernel(&walk->position, sizeof(position), &position->next);
	return 0;
}

static inline unsigned int times_sequence(struct signal_struct *signal)
{
	return *(volatile unsigned int *)&signal->stats_lock.seqcount.seqcount.sequence;
}

/* False when a thread came to its end meanwhile. */
static __noinline __attribute__((unused)) bool times_read(struct task_times *times,
							  struct task_struct *task)
{
	struct signal_struct *signal = task->signal;
	unsigned int sequence = times_sequence(signal);
	struct times_walk walk = {.times = times, .position = signal->thread_head.next};

	walk.head = (void *)signal + bpf_core_field_offset(struct signal_struct, thread_head);
	times->utime = signal->utime;
	times->stime = signal->stime;
	times->runtime = signal->sum_sched_runtime;
	times->minor_faults = signal->min_flt;
	times->major_faults = signal->maj_flt;
	times->voluntary_switches = signal->nvcsw;
	times->involuntary_switches = signal->nivcsw;
	bpf_loop(TIMES_THREADS, times_step, &walk, 0);
	return !(sequence & 1) && sequence == times_sequence(signal);
}

/*
 * A thread that ends moves its share to the process and bumps the sequence, and one that was freed
 * under our feet did so too: then what was read is read again. Not a loop: the verifier of 6.1
 * takes this one's layout for one without an end.
 */
static inline void times_of_process(struct task_times *times, struct task_struct *task)
{
	if (times_read(times, task))
		return;
	if (times_read(times, task))
		return;
	times_read(times, task);
}

static inline void times_of_thread(struct task_times *times, struct task_struct *task)
{
	times->utime = task->utime;
	times->stime = task->stime;
	times->runtime = task->se.sum_exec_runtime;
	times->minor_faults = task->min_flt;
	times->major_faults = task->maj_flt;
	times->voluntary_switches = task->nvcsw;
	times->involuntary_switches = task->nivcsw;
}

/* part * whole / total, to 31 bits or better. Not static: such a function is verified once. */
__noinline __u64 times_scale(__u64 part, __u64 whole, __u64 total)
{
	__u64 multiple = whole / total * part;
	int shift = 0;

	whole %= total;
	for (; shift < 32 && total >> (32 + shift); shift++)
		;
	return multiple + ((part >> shift) * (whole >> shift) / (total >> shift) << shift);
}

/*
 * /proc and ps share out the scheduler's exact runtime in the proportion of the sampled times, and
 * never let either of the two go back.
 */
static inline void times_adjust(struct task_times *times, __u64 past_utime, __u64 past_stime)
{
	__u64 stime = times->stime;

	if (past_utime + past_stime >= times->runtime) {
		times->utime = past_utime;
		times->stime = past_stime;
		return;
	}
	if (stime)
		stime = times->utime ? times_scale(stime, times->runtime, stime + times->utime)
				     : times->runtime;
	if (stime > times->runtime)
		stime = times->runtime;
	if (stime < past_stime)
		stime = past_stime;
	if (times->runtime - stime < past_utime)
		stime = times->runtime - past_utime;
	times->stime = stime;
	times->utime = times->runtime - stime;
}

#endif
