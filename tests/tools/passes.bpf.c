// SPDX-License-Identifier: GPL-2.0-only
/* A user's iterator that is run in passes and has variables of its own. */
#include <bpfview/passes.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct bpf_iter__cgroup {
	struct bpf_iter_meta *meta;
	struct cgroup *cgroup;
};

__u64 below, beside;

struct passes_row {
	__u64 id;
};
BPFVIEW_ROW(passes);

SEC("iter.s/cgroup")
int passes(struct bpf_iter__cgroup *context)
{
	struct passes_row row = {};

	if (!context->cgroup || !bpfview_in_pass(context->meta))
		return 0;
	row.id = context->cgroup->kn->id;
	bpfview_write_row(context->meta->seq, &row);
	return 0;
}
