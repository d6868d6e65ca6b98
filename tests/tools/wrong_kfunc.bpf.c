// SPDX-License-Identifier: GPL-2.0-only
/* An iterator that ends connections. */
#include <bpfview/kernel.bpf.h>
#include <bpfview/tcp.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

extern int bpf_sock_destroy(struct sock_common *socket) __attribute__((section(".ksyms")));

SEC("iter/tcp")
int ends(struct bpf_iter__tcp *context)
{
	if (context->sk_common)
		bpf_sock_destroy(context->sk_common);
	return 0;
}
