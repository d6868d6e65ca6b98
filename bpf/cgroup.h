/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_CGROUP_H
#define BPFVIEW_CGROUP_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

/*
 * As far as a path is shown. Whoever may make cgroups can make deeper ones: with them a row would
 * not go into the kernel's buffer, and nobody could read the table.
 */
#define CGROUP_PATH_MOST 12288 /* bytes */
#define CGROUP_DEPTH	 1024

static inline struct kernfs_node *node_parent(struct kernfs_node *node)
{
	if (bpf_core_field_exists(node->__parent))
		return BPF_CORE_READ(node, __parent);
	return BPF_CORE_READ(node, parent);
}

struct cgroup_walk {
	struct seq_file *seq;
	unsigned long most; /* bytes in the buffer */
	struct kernfs_node *node; /* NULL when its root has been written */
};

static long cgroup_write_component(__u32 index, struct cgroup_walk *walk)
{
	struct kernfs_node *node = walk->node, *parent = node_parent(node);
	struct seq_file *seq = walk->seq;

	if (BPF_CORE_READ(seq, count) > walk->most)
		return 1;
	walk->node = parent;
	/* The root has a name of no length, which matters only when there is no other. */
	if (!parent && index)
		return 1;
	bpfview_write_string(seq, BPF_CORE_READ(node, name), BPFVIEW_CHUNK_MORE);
	return parent ? 0 : 1;
}

/*
 * The text of a BPFVIEW_PATH_UP column: the path from the root of the version 2 tree. Not inline:
 * with what the walk keeps on its stack nothing else could be called deep enough.
 */
static __attribute__((noinline, unused)) long cgroup_write_path(struct seq_file *seq,
								struct cgroup *cgroup)
{
	struct cgroup_walk walk = {.seq = seq, .node = BPF_CORE_READ(cgroup, kn)};
	struct {
		__u16 header;
		char bytes[3];
	} cut = {sizeof(cut.bytes), "..."};

	walk.most = BPF_CORE_READ(seq, count) + CGROUP_PATH_MOST;
	bpf_loop(CGROUP_DEPTH, cgroup_write_component, &walk, 0);
	if (walk.node)
		return bpf_seq_write(seq, &cut, sizeof(cut.header) + sizeof(cut.bytes));
	return bpfview_write_nothing(seq);
}

#endif
