/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rows of a map by lookups of many elements at a time. Rows may be larger than an iterator's,
 * and each bucket of a hash map is read whole, under its lock: an element that is there from the
 * first fill to the end has one row, whatever comes, goes or is replaced meanwhile.
 */
#ifndef BPFVIEW_ELEMENT_BATCH_H
#define BPFVIEW_ELEMENT_BATCH_H

#include <linux/types.h>

struct bpf_map_info;
struct schema;
struct source;

/*
 * Over a map whose values are of value_bytes, those of all CPUs together. Takes over schema, also
 * when it fails; map stays the caller's. 0 or a negative errno.
 */
int element_batch_source(int map, const struct bpf_map_info *info, __u32 value_bytes,
			 struct schema *schema, struct source **out);

#endif
