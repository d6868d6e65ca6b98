/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_TASK_MEMORY_H
#define BPFVIEW_TASK_MEMORY_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

#include "percpu.h"

#define MEMORY_COUNTERS 4 /* of pages of files, anonymous, swapped out, shared */
#define MEMORY_SWAPPED	2

struct memory_walk {
	unsigned long counters;
	__s64 pages;
};

static long memory_add_cpu(__u32 cpu, struct memory_walk *walk)
{
	__s32 pages[MEMORY_COUNTERS] = {};

	if (cpu >= PERCPU_LIMIT || !percpu_offsets[cpu])
		return 1;
	bpf_probe_read_kernel(pages, sizeof(pages), (void *)(walk->counters + percpu_offsets[cpu]));
	for (int i = 0; i < MEMORY_COUNTERS; i++)
		walk->pages += i == MEMORY_SWAPPED ? 0 : pages[i];
	return 0;
}

/*
 * Pages in memory. The counts lack what each CPU still keeps to itself, some hundred pages on a
 * small machine; since 6.6 those shares lie together.
 */
static inline __u64 memory_resident(struct mm_struct *mm)
{
	struct mm_struct___old *old = (void *)mm;
	struct memory_walk walk = {};

	if (bpf_core_field_exists(old->rss_stat.count)) {
		walk.pages = BPF_CORE_READ(old, rss_stat.count[0].counter) +
			     BPF_CORE_READ(old, rss_stat.count[1].counter) +
			     BPF_CORE_READ(old, rss_stat.count[3].counter);
		return walk.pages > 0 ? walk.pages : 0;
	}
	walk.pages = mm->rss_stat[0].count + mm->rss_stat[1].count + mm->rss_stat[3].count;
	if (bpf_core_field_exists(mm->rss_stat[0].counters)) {
		walk.counters = (unsigned long)mm->rss_stat[0].counters;
		if ((unsigned long)mm->rss_stat[3].counters == walk.counters + 3 * sizeof(__s32)) {
			percpu_find_offsets();
			bpf_loop(PERCPU_LIMIT, memory_add_cpu, &walk, 0);
		}
	}
	return walk.pages > 0 ? walk.pages : 0;
}

#endif
