/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of maps/list: bpf/maps.bpf.c fills it in, fs/maps_details.c completes it. */
#ifndef BPFVIEW_MAPS_H
#define BPFVIEW_MAPS_H

#include <bpfview/tags.h>
#include <linux/types.h>
#include <stdbool.h>

#include "names.h"

#define MAP_NAME_SIZE 16 /* with its NUL */

/* Packed, as its numbers come in the order of their columns; but for one they are aligned. */
struct maps_row {
	__u32 id;
	enum map_type type;
	__u32 flags BPFVIEW_HEX BPFVIEW_ABOUT("BPF_F_*");
	__u32 key_bytes;
	__u32 value_bytes BPFVIEW_ABOUT("of each CPU's value in per-CPU kinds");
	__u32 max_entries BPFVIEW_ABOUT("bytes, of a ring buffer");
	__s64 entries BPFVIEW_NONE(-1) BPFVIEW_ABOUT("where the kernel counts them, or a look can");
	__s64 memory_bytes BPFVIEW_NONE(-1); /* by maps_details() */
	__u64 extra BPFVIEW_NONE(0) BPFVIEW_ABOUT("map_extra: what it means is up to the kind");
	__s64 references BPFVIEW_ABOUT("all that hold it");
	__s64 user_references BPFVIEW_ABOUT("descriptors and pins that hold it");
	__s64 writable_mappings BPFVIEW_ABOUT("by mmap, and writes that are under way");
	__s32 numa_node BPFVIEW_NONE(-1);
	enum map_type inner_type BPFVIEW_NONE(0) BPFVIEW_ABOUT("of the maps in a map of maps");
	__u32 btf_id BPFVIEW_NONE(0) BPFVIEW_ABOUT("its types");
	__u32 btf_value_type BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("the number of its value's type in there");
	bool frozen BPFVIEW_ABOUT("processes can't write to it any more");
	__s8 fullness_percent BPFVIEW_NONE(-1);
	__s64 pending_bytes BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of a ring buffer: not consumed yet");
	char name[MAP_NAME_SIZE + 6]; /* so that the row is as long as it is aligned */
} __attribute__((packed, aligned(8)));

#endif
