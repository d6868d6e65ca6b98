/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of maps/list: bpf/maps.bpf.c fills it in, fs/maps_details.c completes it. */
#ifndef BPFVIEW_MAPS_H
#define BPFVIEW_MAPS_H

#include <bpfview/tags.h>
#include <linux/types.h>
#include <stdbool.h>

#include "names.h"

struct maps_row {
	__u32 id;
	enum map_type type;
	__u32 flags BPFVIEW_HEX;
	__u32 key_bytes, value_bytes, max_entries;
	__s64 entries BPFVIEW_NONE(-1); /* where the kernel counts them */
	__s64 memory_bytes BPFVIEW_NONE(-1); /* by maps_details() */
	__u64 extra BPFVIEW_NONE(0);
	__s64 references, user_references, writable_mappings;
	__s32 numa_node BPFVIEW_NONE(-1);
	enum map_type inner_type BPFVIEW_NONE(0);
	__u32 btf_id BPFVIEW_NONE(0), btf_value_type BPFVIEW_NONE(0);
	bool frozen;
	char name[15];
};

#endif
