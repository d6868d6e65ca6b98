// SPDX-License-Identifier: GPL-2.0-only
#include <linux/magic.h>
#include <linux/stat.h>

#include <bpfview/objects.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "files.h"
#include "path.h"
#include "task_files.h"

#define MODE_PATH      0x4000 /* FMODE_PATH */
#define LONG_BITS      (8 * sizeof(unsigned long))
#define PIDFS_MAGIC    0x50494446 /* since 6.9; pidfds were anonymous before */
#define DMA_BUF_MAGIC  0x444d4142
#define row_type(name) __builtin_memcpy(row->type, name, sizeof(name))

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(files);

static inline enum file_mode file_mode(const struct file *file)
{
	return file->f_mode & MODE_PATH ? mode_path : (enum file_mode)(file->f_mode & 3);
}

static inline bool closes_on_exec(struct task_struct *task, __u32 fd)
{
	struct fdtable *table = ((struct task_struct___files *)task)->files->fdt;
	unsigned long *bits = table->close_on_exec, word = 0;

	if (fd < table->max_fds)
		bpf_probe_read_kernel(&word, sizeof(word), &bits[fd / LONG_BITS]);
	return word >> fd % LONG_BITS & 1;
}

/* The first 8 bytes of a name, with what comes after a shorter one zeroed. */
static inline __u64 name_word(const char *name)
{
	__u64 word;

	__builtin_memcpy(&word, name, sizeof(word));
	return word;
}

/* The id of a BPF object, by the name that the kernel gives to its descriptor. */
static inline __u32 file_bpf_id(const struct files_row *row, void *object)
{
	__u64 name = name_word(row->type);

	if (name == name_word("bpf-map"))
		return BPF_CORE_READ((struct bpf_map *)object, id);
	if (name == name_word("bpf-prog"))
		return BPF_CORE_READ((struct bpf_prog *)object, aux, id);
	if (name == name_word("bpf_link"))
		return BPF_CORE_READ((struct bpf_link *)object, id);
	if (name == name_word("btf\0\0\0\0"))
		return BPF_CORE_READ((struct btf *)object, id);
	return 0;
}

static inline void file_fill_anonymous(struct files_row *row, struct file *file)
{
	const unsigned char *name = file->f_path.dentry->d_name.name;
	__u32 size = file->f_path.dentry->d_name.len + 1;
	char first = 0;

	bpf_probe_read_kernel(&first, sizeof(first), name);
	if (first == '[') { /* most names are in brackets */
		name++;
		size -= 2;
	}
	if (size > sizeof(row->type))
		size = sizeof(row->type);
	bpf_probe_read_kernel_str(row->type, size, name);
	row->bpf_id = file_bpf_id(row, file->private_data);
}

static inline void file_fill_type(struct files_row *row, __u16 mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		row_type("regular");
		break;
	case S_IFDIR:
		row_type("directory");
		break;
	case S_IFSOCK:
		row_type("socket");
		break;
	case S_IFIFO:
		row_type("pipe");
		break;
	case S_IFCHR:
		row_type("char");
		break;
	case S_IFBLK:
		row_type("block");
		break;
	case S_IFLNK:
		row_type("symlink");
		break;
	default:
		row_type("unknown");
	}
}

/*
 * What a row says of a file lies in several places, each of which may have to come from memory.
 * They come together when they are asked for before any of it is used.
 */
static inline void file_fetch(const struct file *file)
{
	const struct inode *inode = file->f_inode;
	const struct dentry *dentry = file->f_path.dentry;

	asm volatile("" ::"r"(file->f_pos), "r"(inode->i_sb), "r"(inode->i_size),
		     "r"(dentry->d_name.len));
}

static inline void file_fill(struct files_row *row, struct file *file)
{
	struct inode *inode = file->f_inode;
	unsigned long magic = inode->i_sb->s_magic;

	row->mode = file_mode(file);
	row->position = file->f_pos;
	row->size_bytes = inode->i_size;
	row->inode = inode->i_ino;
	row->device = inode->i_sb->s_dev;
	row->rdev = inode->i_rdev;
	row->links = inode->i_nlink;
	if (magic == ANON_INODE_FS_MAGIC)
		file_fill_anonymous(row, file);
	else if (magic == PIDFS_MAGIC)
		row_type("pidfd");
	else if (magic == NSFS_MAGIC)
		row_type("namespace");
	else if (magic == DMA_BUF_MAGIC)
		row_type("dmabuf");
	else
		file_fill_type(row, inode->i_mode);
}

static __noinline long write_row(struct seq_file *seq, struct task_struct *task, struct file *file,
				 __u32 fd)
{
	__u32 flags = file->f_flags & ~(O_ACCMODE | O_CLOEXEC);
	struct numbering numbering = numbering_of(seq);
	struct files_row row = {.fd = fd};

	file_fetch(file);
	row.pid = process_number(&numbering, task);
	row.tid = owner_tid(&numbering, task);
	row.global_pid = number_beside(row.pid, task->tgid);
	row.global_tid = row.tid ? number_beside(row.tid, task->pid) : 0;
	if (closes_on_exec(task, fd))
		flags |= O_CLOEXEC;
	row.flags = flags;
	file_fill(&row, file);
	task_fill_name(row.comm, task);
	return bpfview_write_row(seq, &row);
}

SEC("iter/task_file")
int files(struct bpf_iter__task_file *context)
{
	struct seq_file *seq = context->meta->seq;
	struct task_struct *task = context->task;
	struct file *file = context->file;
	struct path_slot *slot;

	if (!task || !file)
		return 0;
	task = bpfview_untrusted(task);
	if (!task_is_first(task, false))
		return 0;
	slot = path_slot_claim();
	if (!slot)
		return 1;
	if (!write_row(seq, task, bpfview_untrusted(file), context->fd))
		path_write(context->meta, slot, &file->f_path, 0);
	path_slot_release(slot);
	return 0;
}
