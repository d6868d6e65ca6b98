// SPDX-License-Identifier: GPL-2.0-only
/* An iterator that does more than to look: it would signal whoever reads it, the daemon. */
#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

SEC("iter/task")
int signals(struct bpf_iter__task *context)
{
	(void)context;
	bpf_send_signal(18);
	return 0;
}
