/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For what the kernel iterates up to 32 KiB of rows and no further. Its view is run in passes: each
 * leaves out the objects of those before it. A program says so by including this, calls
 * bpfview_in_pass() for each object, and starts its row with a __u64 that no other object has.
 */
#ifndef BPFVIEW_PASSES_BPF_H
#define BPFVIEW_PASSES_BPF_H

#include <bpfview/kernel.bpf.h>

#include <bpf/bpf_helpers.h>

/*
 * How many objects this pass leaves out. Set before each, and one pass runs at a time. Alone in its
 * section, as the section is what is set.
 */
__u64 bpfview_pass_start SEC(".bss.passes");

/* Whether to write the object's row. */
static inline bool bpfview_in_pass(const struct bpf_iter_meta *meta)
{
	return meta->seq_num >= bpfview_pass_start;
}

#endif
