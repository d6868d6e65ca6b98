// SPDX-License-Identifier: GPL-2.0-only
/* Who has which socket open. */
#include "vmlinux.h"
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct sockets_row {
	__u64 inode;
	__u32 pid;
	__u32 fd;
	char comm[16];
};
BPFVIEW_ROW(sockets);

SEC("iter/task_file")
int sockets(struct bpf_iter__task_file *ctx)
{
	struct task_struct *task = ctx->task;
	struct file *file = ctx->file;
	struct sockets_row row = {};

	if (!task || !file || task->pid != task->tgid || !bpf_sock_from_file(file))
		return 0;
	row.pid = task->tgid;
	row.fd = ctx->fd;
	row.inode = file->f_inode->i_ino;
	bpf_probe_read_kernel(row.comm, sizeof(row.comm), task->comm);
	bpfview_write_row(ctx->meta->seq, &row);
	return 0;
}
