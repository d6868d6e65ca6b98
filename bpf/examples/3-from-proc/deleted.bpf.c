// SPDX-License-Identifier: GPL-2.0-only
/* Open files that have no name any more, and the space they take. */
#include "vmlinux.h"
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

#define S_IFMT	0170000
#define S_IFREG 0100000

struct deleted_row {
	__u64 size_bytes;
	__u64 inode;
	__u32 pid;
	__u32 fd;
	char comm[16];
	char name[64];
};
BPFVIEW_ROW(deleted);

SEC("iter/task_file")
int deleted(struct bpf_iter__task_file *ctx)
{
	struct task_struct *task = ctx->task;
	struct file *file = ctx->file;
	struct deleted_row row = {};
	struct inode *inode;

	if (!task || !file || task->pid != task->tgid)
		return 0;
	inode = file->f_inode;
	if (inode->i_nlink || (inode->i_mode & S_IFMT) != S_IFREG)
		return 0;
	row.pid = task->tgid;
	row.fd = ctx->fd;
	row.inode = inode->i_ino;
	row.size_bytes = inode->i_size;
	bpf_probe_read_kernel(row.comm, sizeof(row.comm), task->comm);
	bpf_probe_read_kernel_str(row.name, sizeof(row.name), file->f_path.dentry->d_name.name);
	bpfview_write_row(ctx->meta->seq, &row);
	return 0;
}
