/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A path as /proc has it, as a text of a row. Only for the path of an open file or a mapping that
 * the iterator holds: in that of anything else the kernel may find nothing, and crash.
 */
#ifndef BPFVIEW_PATH_H
#define BPFVIEW_PATH_H

#include <bpfview/files.bpf.h>
#include <bpfview/view.bpf.h>

#define PATH_SIZE  16384 /* paths may pass PATH_MAX: that is a limit of system calls */
#define PATH_SLOTS 32

/*
 * No path fits on the stack, and neither a CPU nor a task has a place that no other run of the
 * program can get at: a run claims a slot, and gives it back before it ends.
 */
struct path_slot {
	__u64 session, tick; /* that the path was made in */
	struct path of;
	__u32 claimed;
	__u16 unused, header;
	char path[PATH_SIZE];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, PATH_SLOTS);
	__type(key, __u32);
	__type(value, struct path_slot);
} path_slots SEC(".maps");

/* NULL when all are claimed: return 1 then, for the program to be called again. */
static inline struct path_slot *path_slot_claim(void)
{
	__u32 first = bpf_get_smp_processor_id();

	for (__u32 i = 0; i < PATH_SLOTS; i++) {
		__u32 index = (first + i) % PATH_SLOTS;
		struct path_slot *slot = bpf_map_lookup_elem(&path_slots, &index);

		if (slot && !__sync_val_compare_and_swap(&slot->claimed, 0, 1))
			return slot;
	}
	return NULL;
}

static inline void path_slot_release(struct path_slot *slot)
{
	__sync_val_compare_and_swap(&slot->claimed, 1, 0);
}

/* Mappings that follow one another are mostly of one file. A path may be a tick old, as a row may.
 */
static inline bool path_is_there(const struct path_slot *slot, const struct bpf_iter_meta *meta,
				 const struct path *path)
{
	return slot->session == meta->session_id && slot->tick == bpf_jiffies64() &&
	       slot->of.mnt == path->mnt && slot->of.dentry == path->dentry;
}

static inline void path_fill(struct path_slot *slot, const struct bpf_iter_meta *meta,
			     struct path *path)
{
	long size;

	slot->session = meta->session_id;
	slot->tick = bpf_jiffies64();
	slot->of.mnt = path->mnt;
	slot->of.dentry = path->dentry;
	size = bpf_d_path(path, slot->path, PATH_SIZE);
	slot->header = size < 1 || size > PATH_SIZE ? 0 : size - 1;
}

/* path is in an object that the program was called with. more: BPFVIEW_CHUNK_MORE or 0. */
static inline void path_write(const struct bpf_iter_meta *meta, struct path_slot *slot,
			      struct path *path, __u16 more)
{
	if (!path_is_there(slot, meta, path))
		path_fill(slot, meta, path);
	slot->header = slot->header % PATH_SIZE | more;
	bpf_seq_write(meta->seq, &slot->header, sizeof(slot->header) + slot->header % PATH_SIZE);
}

#endif
