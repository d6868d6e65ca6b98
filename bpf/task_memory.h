/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_TASK_MEMORY_H
#define BPFVIEW_TASK_MEMORY_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

static inline __u64 memory_positive(__s64 pages)
{
	return pages > 0 ? pages : 0;
}

/* Pages in memory: of files (0), anonymous (1) and shared (3). */
static inline __u64 memory_resident(struct mm_struct *mm)
{
	struct mm_struct___old *old = (void *)mm;

	if (bpf_core_field_exists(old->rss_stat.count))
		return memory_positive(old->rss_stat.count[0].counter) +
		       memory_positive(old->rss_stat.count[1].counter) +
		       memory_positive(old->rss_stat.count[3].counter);
	return memory_positive(mm->rss_stat[0].count) + memory_positive(mm->rss_stat[1].count) +
	       memory_positive(mm->rss_stat[3].count);
}

#endif
