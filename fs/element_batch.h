/* SPDX-License-Identifier: GPL-2.0-only */
/* The rows of a map that the iterator has no room for: read by lookups, a few at a time. */
#ifndef BPFVIEW_ELEMENT_BATCH_H
#define BPFVIEW_ELEMENT_BATCH_H

#include <linux/types.h>

struct bpf_map_info;
struct schema;
struct source;

/*
 * Takes over map, a descriptor, and schema, also when it fails. value_bytes: of all CPUs together.
 * 0, or -ENOMEM.
 */
int element_batch_source(int map, const struct bpf_map_info *info, __u32 value_bytes,
			 struct schema *schema, struct source **out);

#endif
