/* SPDX-License-Identifier: GPL-2.0-only */
/* The little of the kernel that the two iterators over the big map need. */
#ifndef BENCH_ELEMENTS_BPF_H
#define BENCH_ELEMENTS_BPF_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

struct bpf_iter__bpf_map_elem {
	struct bpf_iter_meta *meta;
	struct bpf_map *map;
	void *key;
	void *value;
} __attribute__((preserve_access_index));

#endif
