// SPDX-License-Identifier: GPL-2.0-only
#include <bpfview/files.bpf.h>
#include <bpfview/passes.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct dma_buf {
	unsigned long size;
	struct file *file;
	const char *exp_name, *name;
};

#pragma clang attribute pop

struct bpf_iter__dmabuf {
	struct bpf_iter_meta *meta;
	struct dma_buf *dmabuf;
};

struct dmabufs_row {
	__u64 inode BPFVIEW_ABOUT("as files has it");
	__u64 size_bytes;
	char exporter[0] BPFVIEW_ABOUT("the driver or heap that made it");
	char name[0];
};
BPFVIEW_ROW(dmabufs);

SEC("iter/dmabuf")
int dmabufs(struct bpf_iter__dmabuf *context)
{
	struct bpf_iter_meta *meta = context->meta;
	struct seq_file *seq = meta->seq;
	struct dma_buf *buffer = context->dmabuf;
	struct dmabufs_row row = {};

	if (!buffer || !bpfview_in_pass(meta))
		return 0;
	buffer = bpfview_untrusted(buffer);
	row.inode = buffer->file->f_inode->i_ino;
	row.size_bytes = buffer->size;
	if (bpfview_write_row(seq, &row))
		return 0;
	bpfview_write_string(seq, buffer->exp_name, 0);
	bpfview_write_string(seq, buffer->name, 0);
	return 0;
}
