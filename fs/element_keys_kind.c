// SPDX-License-Identifier: GPL-2.0-only
#include "element_keys_kind.h"

#include <errno.h>
#include <stddef.h>

#include "element_map.h"
#include "element_schema.h"
#include "kind.h"
#include "kind_element.h"
#include "schema.h"

/* After the key, where it is of 8 bytes or less. */
#define FIRST  8
#define SECOND 12

#define NUMBER(shown, at)                                                                          \
	{                                                                                          \
		.name = (shown), .kind = &kind_unsigned, .offset = (at), .size = sizeof(__u32)     \
	}
#define PROGRAM                                                                                    \
	{                                                                                          \
		.name = "prog_id", .kind = &kind_unsigned, .offset = SECOND,                       \
		.size = sizeof(__u32), .optional = true                                            \
	}
#define UNREADABLE                                                                                 \
	{                                                                                          \
		.name = "value", .kind = &kind_chars, .offset = FIRST,                             \
		.size = KEYS_UNREADABLE_ROOM                                                       \
	}
#define COOKIE                                                                                     \
	{                                                                                          \
		.name = "cookie", .kind = &kind_unsigned, .offset = FIRST, .size = sizeof(__u64)   \
	}
#define STACK                                                                                      \
	{                                                                                          \
		.name = "stack", .kind = &kind_stack, .offset = FIRST                              \
	}

static const struct keys_kind kinds[] = {
	{BPF_MAP_TYPE_PROG_ARRAY,
	 true,
	 false,
	 false,
	 2,
	 {NUMBER("key", 0), NUMBER("prog_id", FIRST)}},
	{BPF_MAP_TYPE_ARRAY_OF_MAPS,
	 true,
	 false,
	 false,
	 2,
	 {NUMBER("key", 0), NUMBER("map_id", FIRST)}},
	{BPF_MAP_TYPE_HASH_OF_MAPS,
	 false,
	 false,
	 false,
	 2,
	 {{.name = "key", .kind = &kind_bytes}, NUMBER("map_id", FIRST)}},
	{BPF_MAP_TYPE_DEVMAP,
	 true,
	 false,
	 false,
	 3,
	 {NUMBER("key", 0), NUMBER("ifindex", FIRST), PROGRAM}},
	{BPF_MAP_TYPE_DEVMAP_HASH,
	 false,
	 false,
	 false,
	 3,
	 {NUMBER("key", 0), NUMBER("ifindex", FIRST), PROGRAM}},
	{BPF_MAP_TYPE_CPUMAP,
	 true,
	 false,
	 false,
	 3,
	 {NUMBER("cpu", 0), NUMBER("queue_size", FIRST), PROGRAM}},
	{BPF_MAP_TYPE_STACK_TRACE, false, false, false, 2, {NUMBER("key", 0), STACK}},
	{BPF_MAP_TYPE_STRUCT_OPS, true, false, true, 1, {NUMBER("key", 0)}},
	{BPF_MAP_TYPE_REUSEPORT_SOCKARRAY, true, false, false, 2, {NUMBER("key", 0), COOKIE}},
	{BPF_MAP_TYPE_PERF_EVENT_ARRAY, true, true, false, 2, {NUMBER("key", 0), UNREADABLE}},
	{BPF_MAP_TYPE_CGROUP_ARRAY, true, true, false, 2, {NUMBER("key", 0), UNREADABLE}},
	{BPF_MAP_TYPE_XSKMAP, true, true, false, 2, {NUMBER("key", 0), UNREADABLE}},
};

/* Keys and values in the map's types, which may be none: longest-prefix tries, cgroup storage. */
static const struct keys_kind typed_kind;

static const struct keys_kind trie_kind = {
	.own_value = true,
	.count = 2,
	.columns = {NUMBER("prefix_length", 0),
		    {.name = "prefix", .kind = &kind_bytes, .offset = sizeof(__u32)}},
};

const struct keys_kind *keys_kind(const struct bpf_map_info *info)
{
	enum bpf_map_type type = info->type;

	if (type == BPF_MAP_TYPE_LPM_TRIE && !info->btf_key_type_id)
		return &trie_kind;
	/* The kernel gives a socket's cookie where there is room for it, nothing elsewhere. */
	if (type == BPF_MAP_TYPE_REUSEPORT_SOCKARRAY && info->value_size < sizeof(__u64))
		type = BPF_MAP_TYPE_XSKMAP;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].type == type)
			return &kinds[i];
	return &typed_kind;
}

/* The room that the key or value leaves is the size of a column that has none. */
static unsigned int fit_columns(struct column *columns, unsigned int count,
				const struct element_map *map, size_t row_size)
{
	unsigned int fitting = 0;

	for (unsigned int i = 0; i < count; i++) {
		struct column *column = &columns[i];

		if (!column->size)
			column->size = column->offset < FIRST ? map->info.key_size - column->offset
							      : map->info.value_size;
		if (column->offset >= FIRST)
			column->offset += element_key_room(map) - FIRST;
		if (column->kind == &kind_stack && map->info.map_flags & BPF_F_STACK_BUILD_ID)
			column->kind = &kind_bytes;
		if (column->offset + column->size <= row_size)
			columns[fitting++] = *column;
	}
	return fitting;
}

int keys_schema(const struct keys_kind *kind, const struct element_map *map, size_t row_size,
		struct schema **out)
{
	struct keys_kind fitted = *kind;

	if (!kind->count)
		return element_schema(map, out);
	fitted.count = fit_columns(fitted.columns, kind->count, map, row_size);
	if (kind->own_value)
		return element_schema_value(map, fitted.columns, fitted.count,
					    element_key_room(map), out);
	*out = element_schema_fixed(fitted.columns, fitted.count, row_size);
	return *out ? 0 : -ENOMEM;
}
