// SPDX-License-Identifier: GPL-2.0-only
/* What README says of maps/<id>: a map's kind decides which of these columns its table has. */
#include "elements.h"
#include "kind.h"
#include "kind_element.h"
#include "schema.h"

static const struct kind kind_typed = {.name = "typed"};

#define COLUMN(title, shown, words)                                                                \
	{                                                                                          \
		.name = (title), .kind = &(shown), .about = (words)                                \
	}

static struct column columns[] = {
	COLUMN("key", kind_typed, "in the map's own type; hex where it has none"),
	COLUMN("value", kind_typed, "in the map's own type; hex where it has none"),
	COLUMN("values", kind_typed, "of per-CPU kinds: a value for each possible CPU"),
	COLUMN("prefix_length", kind_unsigned, "lpm_trie without key type: bits that count"),
	COLUMN("prefix", kind_bytes, "lpm_trie without key type"),
	COLUMN("map_id", kind_unsigned, "maps of maps: the inner map"),
	COLUMN("prog_id", kind_unsigned, "prog_array, devmap, cpumap: the program that is run"),
	COLUMN("ifindex", kind_unsigned, "devmap, devmap_hash: the network interface"),
	COLUMN("cpu", kind_unsigned, "cpumap"),
	COLUMN("queue_size", kind_unsigned, "cpumap: packets"),
	COLUMN("stack", kind_stack, "stack_trace: addresses, innermost first"),
	COLUMN("cookie", kind_unsigned, "socket maps and sk_storage: the socket's cookie"),
	COLUMN("place", kind_chars, "queue, stack: head or top, the only element to be seen"),
	COLUMN("others", kind_chars, "queue, stack: that there may be more"),
	COLUMN("position", kind_unsigned, "ring buffers: where the record begins"),
	COLUMN("state", kind_chars, "ring buffers: ready, busy, discarded; consumer, producer"),
	COLUMN("bytes", kind_signed, "ring buffers: the record's size"),
	COLUMN("data", kind_dump, "ring buffers: the record, as hex"),
	COLUMN("pid", kind_unsigned, "task_storage: whose value it is"),
	COLUMN("tid", kind_unsigned, "task_storage"),
	COLUMN("global_pid", kind_unsigned,
	       "task_storage: in the first pid namespace, where it is another"),
	COLUMN("global_tid", kind_unsigned, "task_storage: the same of tid"),
	COLUMN("cgroup_id", kind_unsigned, "cgrp_storage: whose value it is"),
};

const struct schema elements_schema = {
	.columns = columns,
	.count = sizeof(columns) / sizeof(columns[0]),
};
