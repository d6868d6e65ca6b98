// SPDX-License-Identifier: GPL-2.0-only
/* An iterator that may sleep, of what is walked under a lock. */
#include <bpfview/objects.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

SEC("iter.s/bpf_prog")
int sleeps(struct bpf_iter__bpf_prog *context)
{
	BPF_SEQ_PRINTF(context->meta->seq, "one\n");
	return 0;
}
