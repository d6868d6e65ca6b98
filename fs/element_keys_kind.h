/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of element_keys: what the elements of a kind of map are. */
#ifndef BPFVIEW_ELEMENT_KEYS_KIND_H
#define BPFVIEW_ELEMENT_KEYS_KIND_H

#include <linux/bpf.h>
#include <stdbool.h>

#include "column.h"

struct element_map;
struct schema;

struct keys_kind {
	enum bpf_map_type type;
	bool indexed; /* keys are numbers up to max_entries, so that none is ever gone */
	bool unreadable; /* the kernel has no look-up */
	bool own_value; /* `value` follows, in the map's type */
	unsigned int count; /* of columns; 0: key and value, in the map's types */
	struct column columns[3];
};

/* What a value that can't be read is shown as. Its room in a record. */
#define KEYS_UNREADABLE	     "unreadable"
#define KEYS_UNREADABLE_ROOM 16

/* Never NULL for the kinds that elements.c gives to element_keys_open(). */
const struct keys_kind *keys_kind(const struct bpf_map_info *info);

int keys_schema(const struct keys_kind *kind, const struct element_map *map, size_t row_size,
		struct schema **out);

#endif
