// SPDX-License-Identifier: GPL-2.0-only
#include <bpfview/passes.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "cgroup.h"

#define CGROUP_SETS  (1 << 20)
#define PIDS_LARGEST (1 << 22)

char LICENSE[] SEC("license") = "GPL";

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct cgroup_subsys_state {
	struct cgroup *cgroup;
};

struct cgroup___counts {
	struct cgroup_subsys_state self;
	int level, nr_descendants;
	struct cgroup_subsys_state *subsys[1];
	struct list_head cset_links;
	struct {
		struct {
			unsigned long long sum_exec_runtime;
		} cputime;
	} bstat;
};

struct css_set___counts {
	int nr_tasks;
};

struct cgrp_cset_link {
	struct css_set *cset;
	struct list_head cset_link;
};

struct page_counter {
	struct atomic64 usage;
	unsigned long max;
};

struct mem_cgroup {
	struct cgroup_subsys_state css;
	struct page_counter memory;
};

struct pids_cgroup {
	struct cgroup_subsys_state css;
	struct atomic64 counter, limit;
};

#pragma clang attribute pop

enum cgroup_subsys_id {
	memory_cgrp_id,
	pids_cgrp_id,
};

struct bpf_iter__cgroup {
	struct bpf_iter_meta *meta;
	struct cgroup *cgroup;
};

/* What the kernel doesn't count for a cgroup, such as most for the root, is -1. */
struct cgroups_row {
	__u64 id BPFVIEW_ABOUT("the inode of its folder");
	__u64 parent_id BPFVIEW_NONE(0);
	__u32 level BPFVIEW_ABOUT("0: the root");
	__u32 descendants BPFVIEW_ABOUT("cgroups below it");
	__u64 tasks BPFVIEW_ABOUT("threads, without those of descendants");
	__s64 cpu_ns BPFVIEW_NONE(-1) BPFVIEW_ABOUT("with descendants");
	__s64 memory_bytes BPFVIEW_NONE(-1) BPFVIEW_ABOUT("with descendants");
	__s64 memory_limit_bytes BPFVIEW_NONE(-1) BPFVIEW_ABOUT("-: none");
	__s64 pids BPFVIEW_NONE(-1) BPFVIEW_ABOUT("threads, with those of descendants");
	__s64 pids_limit BPFVIEW_NONE(-1) BPFVIEW_ABOUT("-: none");
	char path[0] BPFVIEW_PATH_UP;
};
BPFVIEW_ROW(cgroups);

const volatile __u64 page_size = 4096;
const volatile bool kernel_has_css_rstat_flush, kernel_has_cgroup_rstat_flush;

extern void css_rstat_flush(struct cgroup_subsys_state *state) __ksym __weak;
extern void cgroup_rstat_flush(struct cgroup *cgroup) __ksym __weak; /* before 6.17 */

struct tasks_walk {
	struct list_head *position, *head;
	__u64 tasks;
};

static long tasks_add_set(__u32 index, struct tasks_walk *walk)
{
	struct cgrp_cset_link *link;
	struct css_set___counts *set;

	(void)index;
	if (!walk->position || walk->position == walk->head)
		return 1;
	link = (void *)walk->position - bpf_core_field_offset(struct cgrp_cset_link, cset_link);
	set = (struct css_set___counts *)BPF_CORE_READ(link, cset);
	walk->tasks += BPF_CORE_READ(set, nr_tasks);
	bpf_probe_read_kernel(&walk->position, sizeof(walk->position), &walk->position->next);
	return 0;
}

static inline __u64 cgroup_tasks(struct cgroup___counts *cgroup)
{
	struct tasks_walk walk = {.position = BPF_CORE_READ(cgroup, cset_links.next)};

	walk.head = (void *)cgroup + bpf_core_field_offset(struct cgroup___counts, cset_links);
	bpf_loop(CGROUP_SETS, tasks_add_set, &walk, 0);
	return walk.tasks;
}

/* A controller's state of the cgroup, or NULL where it is not enabled. */
static inline void *cgroup_state(struct cgroup___counts *cgroup, __u32 controller)
{
	void *state = NULL;

	bpf_probe_read_kernel(&state, sizeof(state),
			      (void *)cgroup +
				      bpf_core_field_offset(struct cgroup___counts, subsys) +
				      controller * sizeof(state));
	return state;
}

static inline void cgroup_fill_memory(struct cgroups_row *row, struct cgroup___counts *cgroup)
{
	struct mem_cgroup *memory;
	__u64 limit, most = ~0ULL >> 1;

	if (!bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id))
		return;
	memory = cgroup_state(cgroup, bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id));
	if (!memory)
		return;
	memory = (void *)memory - bpf_core_field_offset(struct mem_cgroup, css);
	limit = BPF_CORE_READ(memory, memory.max);
	row->memory_bytes = BPF_CORE_READ(memory, memory.usage.counter) * page_size;
	if (limit < most / page_size)
		row->memory_limit_bytes = limit * page_size;
}

static inline void cgroup_fill_pids(struct cgroups_row *row, struct cgroup___counts *cgroup)
{
	struct pids_cgroup *pids;
	__s64 limit;

	if (!bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id))
		return;
	pids = cgroup_state(cgroup, bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id));
	if (!pids)
		return;
	pids = (void *)pids - bpf_core_field_offset(struct pids_cgroup, css);
	limit = BPF_CORE_READ(pids, limit.counter);
	row->pids = BPF_CORE_READ(pids, counter.counter);
	if (limit <= PIDS_LARGEST)
		row->pids_limit = limit;
}

static __noinline long write_row(struct seq_file *seq, struct cgroup *cgroup)
{
	struct cgroup___counts *counts = (struct cgroup___counts *)cgroup;
	struct kernfs_node *node = BPF_CORE_READ(cgroup, kn), *parent = node_parent(node);
	struct cgroups_row row = {.cpu_ns = -1, .memory_bytes = -1, .memory_limit_bytes = -1};

	row.pids = row.pids_limit = -1;
	row.id = BPF_CORE_READ(node, id);
	row.level = BPF_CORE_READ(counts, level);
	row.descendants = BPF_CORE_READ(counts, nr_descendants);
	row.tasks = cgroup_tasks(counts);
	if (parent) {
		row.parent_id = BPF_CORE_READ(parent, id);
		row.cpu_ns = BPF_CORE_READ(counts, bstat.cputime.sum_exec_runtime);
		cgroup_fill_memory(&row, counts);
		cgroup_fill_pids(&row, counts);
	}
	return bpfview_write_row(seq, &row);
}

/* Each CPU keeps its own times: brings them together, for all cgroups below this one. */
static inline void times_flush(struct cgroup *cgroup)
{
	if (kernel_has_css_rstat_flush)
		css_rstat_flush(&((struct cgroup___counts *)cgroup)->self);
	else if (kernel_has_cgroup_rstat_flush)
		cgroup_rstat_flush(cgroup);
}

/* Sleeps: to flush the times. */
SEC("iter.s/cgroup")
int cgroups(struct bpf_iter__cgroup *context)
{
	struct bpf_iter_meta *meta = context->meta;
	struct seq_file *seq = meta->seq;
	struct cgroup *cgroup = context->cgroup;

	if (!cgroup)
		return 0;
	if (!meta->seq_num)
		times_flush(cgroup);
	if (!bpfview_in_pass(meta))
		return 0;
	cgroup = bpfview_untrusted(cgroup);
	if (!write_row(seq, cgroup))
		cgroup_write_path(seq, cgroup);
	return 0;
}
