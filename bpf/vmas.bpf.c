// SPDX-License-Identifier: GPL-2.0-only
#include <linux/magic.h>

#include <bpfview/files.bpf.h>
#include <bpfview/kernel.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "path.h"
#include "task_first.h"
#include "task_pid.h"

#define MODE_BACKING 0x3000000 /* FMODE_BACKING was either bit, which was another one's as well */

#define AREA_READ      0x01
#define AREA_WRITE     0x02
#define AREA_EXECUTE   0x04
#define AREA_MAY_SHARE 0x80

char LICENSE[] SEC("license") = "GPL";

struct bpf_iter__task_vma {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	struct vm_area_struct *vma;
};

/* In the order of /proc/PID/maps, which leaves no 8 bytes aligned. */
struct vmas_row {
	__u32 pid BPFVIEW_ABOUT("as the reader's pid namespace numbers it");
	__u64 start BPFVIEW_HEX;
	__u64 end BPFVIEW_HEX;
	char permissions[4] BPFVIEW_ABOUT("rwx, and s for shared or p for private");
	__u64 offset BPFVIEW_HEX BPFVIEW_ABOUT("in the file, in bytes");
	__u32 device BPFVIEW_DEVICE BPFVIEW_NONE(0) BPFVIEW_ABOUT("of the filesystem");
	__u64 inode BPFVIEW_NONE(0);
	__u64 size_bytes;
	__u32 global_pid BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("in the first pid namespace, where it is another");
	char comm[TASK_NAME_SIZE];
	char path[0] BPFVIEW_ABOUT("or what else it is, as [heap]");
} __attribute__((packed, aligned(4)));
BPFVIEW_ROW(vmas);

const volatile __u64 page_size = 4096;

/* One chunk of constant text. */
#define write_words(seq, text, more)                                                               \
	({                                                                                         \
		struct {                                                                           \
			__u16 header;                                                              \
			char bytes[sizeof(text) - 1];                                              \
		} words = {(sizeof(text) - 1) | (more), text};                                     \
		bpf_seq_write(seq, &words, sizeof(words.header) + sizeof(words.bytes));            \
	})

static inline void area_fill_permissions(struct vmas_row *row, unsigned long flags)
{
	row->permissions[0] = flags & AREA_READ ? 'r' : '-';
	row->permissions[1] = flags & AREA_WRITE ? 'w' : '-';
	row->permissions[2] = flags & AREA_EXECUTE ? 'x' : '-';
	row->permissions[3] = flags & AREA_MAY_SHARE ? 's' : 'p';
}

/*
 * What was mapped, where that is a file of overlayfs, or one that FUSE passes through, and the
 * mapping's own is that of a layer. What follows a file in memory is a dentry of those for it
 * alone.
 */
static inline const struct dentry *overlay_dentry(const struct file *file)
{
	const struct backing_file *backing = (const void *)file;
	const struct dentry *dentry;
	unsigned long magic;

	if (!file || !bpf_core_field_exists(backing->user_path) || !(file->f_mode & MODE_BACKING))
		return NULL;
	dentry = BPF_CORE_READ(backing, user_path.dentry);
	magic = BPF_CORE_READ(dentry, d_sb, s_magic);
	return magic == OVERLAYFS_SUPER_MAGIC || magic == FUSE_SUPER_MAGIC ? dentry : NULL;
}

static inline void area_fill_file(struct vmas_row *row, const struct vm_area_struct *area,
				  const struct dentry *dentry)
{
	const struct file *file = area->vm_file;

	row->offset = area->vm_pgoff * page_size;
	if (dentry) {
		row->inode = BPF_CORE_READ(dentry, d_inode, i_ino);
		row->device = BPF_CORE_READ(dentry, d_inode, i_sb, s_dev);
	} else {
		row->inode = file->f_inode->i_ino;
		row->device = file->f_inode->i_sb->s_dev;
	}
}

static __noinline long write_row(struct seq_file *seq, struct task_struct *task,
				 struct vm_area_struct *area, const struct dentry *dentry)
{
	struct numbering numbering = numbering_of(seq);
	struct vmas_row row = {};

	row.pid = process_number(&numbering, task);
	row.global_pid = number_beside(row.pid, task->tgid);
	row.start = area->vm_start;
	row.end = area->vm_end;
	row.size_bytes = row.end - row.start;
	area_fill_permissions(&row, area->vm_flags);
	if (area->vm_file)
		area_fill_file(&row, area, dentry);
	task_fill_name(row.comm, task);
	return bpfview_write_row(seq, &row);
}

/* The name that the process has given to memory. Where it shares a place, a file has the place. */
static inline const char *area_given_name(struct vm_area_struct *area)
{
	struct anon_vma_name *name;

	if (!bpf_core_field_exists(area->anon_name))
		return NULL;
	if (area->vm_file &&
	    bpf_core_field_offset(area->anon_name) == bpf_core_field_offset(area->shared))
		return NULL;
	name = area->anon_name;
	return name ? (const char *)name + bpf_core_field_offset(struct anon_vma_name, name) : NULL;
}

static inline void write_given_name(struct seq_file *seq, struct file *file, const char *name)
{
	if (file)
		write_words(seq, "[anon_shmem:", BPFVIEW_CHUNK_MORE);
	else
		write_words(seq, "[anon:", BPFVIEW_CHUNK_MORE);
	bpfview_write_string(seq, name, BPFVIEW_CHUNK_MORE);
	write_words(seq, "]", 0);
}

/* Such as "[vdso]": the kernel's own mappings keep a struct that starts with their name. */
static inline const char *area_special_name(struct vm_area_struct *area)
{
	const char *name = NULL;
	char first = 0;

	if (!area->vm_ops || !area->vm_private_data)
		return NULL;
	bpf_probe_read_kernel(&name, sizeof(name), area->vm_private_data);
	bpf_probe_read_kernel(&first, sizeof(first), name);
	return first == '[' ? name : NULL;
}

/* As the kernel does it for /proc/PID/maps. */
static __noinline void write_kind(struct seq_file *seq, struct vm_area_struct *area)
{
	const char *special = area_special_name(area), *given = area_given_name(area);
	unsigned long start = area->vm_start, end = area->vm_end;
	struct mm_struct *memory = area->vm_mm;

	if (special)
		bpfview_write_string(seq, special, 0);
	else if (start < memory->brk && end > memory->start_brk)
		write_words(seq, "[heap]", 0);
	else if (start <= memory->start_stack && end >= memory->start_stack)
		write_words(seq, "[stack]", 0);
	else if (given)
		write_given_name(seq, NULL, given);
	else
		bpfview_write_nothing(seq);
}

static inline bool is_unhashed(const struct dentry *dentry)
{
	return !BPF_CORE_READ(dentry, d_hash.pprev);
}

/* The kernel lets no program ask for the path in overlayfs itself: it is that in the layer. */
static inline void write_file_path(const struct bpf_iter_meta *meta, struct path_slot *slot,
				   struct file *file, const struct dentry *dentry)
{
	if (dentry && is_unhashed(dentry) && !is_unhashed(file->f_path.dentry)) {
		path_write(meta, slot, &file->f_path, BPFVIEW_CHUNK_MORE);
		write_words(meta->seq, " (deleted)", 0);
	} else {
		path_write(meta, slot, &file->f_path, 0);
	}
}

static inline void write_path(const struct bpf_iter_meta *meta, struct path_slot *slot,
			      struct vm_area_struct *area, const struct dentry *dentry)
{
	struct seq_file *seq = meta->seq;
	struct vm_area_struct *untrusted = bpfview_untrusted(area);
	const char *given = area_given_name(untrusted);
	struct file *file = area->vm_file;

	if (!file)
		write_kind(seq, untrusted);
	else if (given)
		write_given_name(seq, file, given);
	else
		write_file_path(meta, slot, file, dentry);
}

SEC("iter/task_vma")
int vmas(struct bpf_iter__task_vma *context)
{
	struct seq_file *seq = context->meta->seq;
	struct task_struct *task = context->task;
	struct vm_area_struct *area = context->vma;
	const struct dentry *dentry;
	struct path_slot *slot;

	if (!task || !area)
		return 0;
	task = bpfview_untrusted(task);
	if (!task_is_first(task, true))
		return 0;
	slot = path_slot_claim();
	if (!slot)
		return 1;
	dentry = overlay_dentry(bpfview_untrusted(area)->vm_file);
	if (!write_row(seq, task, bpfview_untrusted(area), dentry))
		write_path(context->meta, slot, area, dentry);
	path_slot_release(slot);
	return 0;
}
