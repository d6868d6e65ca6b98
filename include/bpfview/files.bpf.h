/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's types for open files, as in kernel.bpf.h. */
#ifndef BPFVIEW_FILES_BPF_H
#define BPFVIEW_FILES_BPF_H

#include <bpfview/kernel.bpf.h>

/* The same in all kernels. */
struct path {
	void *mnt;
	struct dentry *dentry;
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct qstr {
	__u32 len;
	const unsigned char *name;
};

struct hlist_bl_node {
	struct hlist_bl_node **pprev;
};

struct dentry {
	struct qstr d_name;
	struct inode *d_inode;
	struct super_block *d_sb;
	struct hlist_bl_node d_hash;
};

struct super_block {
	__u32 s_dev;
	unsigned long s_magic;
};

struct inode {
	__u16 i_mode;
	struct super_block *i_sb;
	unsigned long i_ino;
	unsigned int i_nlink;
	__u32 i_rdev;
	__s64 i_size;
};

struct file {
	unsigned int f_mode, f_flags;
	__s64 f_pos;
	struct path f_path;
	struct inode *f_inode;
	void *private_data;
};

/* Of a layer of overlayfs, since 6.7: of the mapping of one of its files. */
struct backing_file {
	struct path user_path;
};

struct fdtable {
	unsigned int max_fds;
	unsigned long *close_on_exec;
};

struct files_struct {
	struct fdtable *fdt;
};

struct task_struct___files {
	struct task_struct *group_leader;
	struct files_struct *files;
};

#pragma clang attribute pop

struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	__u32 fd;
	struct file *file;
};

#endif
