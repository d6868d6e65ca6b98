// SPDX-License-Identifier: GPL-2.0-only
/* An iterator that does more than to look, in a function of its own. */
#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

static __attribute__((noinline)) int hidden(int number)
{
	return bpf_send_signal((__u32)number);
}

SEC("iter/task")
int hides(struct bpf_iter__task *context)
{
	return hidden(context->meta->seq_num == 0 ? 18 : 17) > 0;
}
