// SPDX-License-Identifier: GPL-2.0-only
#include "owners.h"

#include <bpfview/sockets.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "task_files.h"

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(owners);

SEC("iter/task_file")
int owners(struct bpf_iter__task_file *context)
{
	struct seq_file *seq = context->meta->seq;
	struct task_struct *task = context->task;
	struct file *file = context->file;
	struct owners_row row = {};
	struct numbering numbering;
	struct socket *socket;

	if (!task || !file)
		return 0;
	socket = bpf_sock_from_file(file);
	if (!socket)
		return 0;
	task = bpfview_untrusted(task);
	if (!task_is_first(task, false))
		return 0;
	numbering = numbering_of(seq);
	row.inode = bpfview_untrusted(file)->f_inode->i_ino;
	row.pid = process_number(&numbering, task);
	row.fd = context->fd;
	task_fill_name(row.comm, task);
	bpfview_write_row(seq, &row);
	return 0;
}
