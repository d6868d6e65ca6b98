// SPDX-License-Identifier: GPL-2.0-only
#include <bpfview/objects.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "map_counts.h"
#include "maps.h"

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(maps);

const volatile bool kernel_has_bpf_map_sum_elem_count;

extern __s64 bpf_map_sum_elem_count(const struct bpf_map *map) __ksym __weak;

/* As a number, which a pointer is not allowed to become. */
static inline unsigned long map_address(struct bpf_iter__bpf_map *context)
{
	unsigned long address = 0;

	bpf_probe_read_kernel(&address, sizeof(address), &context->map);
	return address;
}

static inline void map_fill_counts(struct maps_row *row, const struct bpf_map *trusted,
				   const struct bpf_map *map, unsigned long address)
{
	row->pending_bytes = ring_pending(address);
	if (kernel_has_bpf_map_sum_elem_count && bpf_core_field_exists(map->elem_count) &&
	    map->elem_count)
		row->entries = bpf_map_sum_elem_count(trusted);
	else
		row->entries = map_entries(address);
	row->fullness_percent = percent(row->pending_bytes < 0 ? row->entries : row->pending_bytes,
					map_room(address));
}

static inline void map_fill(struct maps_row *row, struct bpf_map *map)
{
	row->id = map->id;
	row->type = (enum map_type)map->map_type;
	row->flags = map->map_flags;
	row->key_bytes = map->key_size;
	row->value_bytes = map->value_size;
	row->max_entries = map->max_entries;
	row->memory_bytes = -1;
	row->extra = map->map_extra;
	row->references = map->refcnt.counter - 1; /* the iterator holds one */
	row->user_references = map->usercnt.counter;
	row->writable_mappings = map->writecnt.counter;
	row->numa_node = map->numa_node;
	row->inner_type = (enum map_type)map->inner_map_meta->map_type;
	row->btf_id = map->btf->id;
	row->btf_value_type = map->btf_value_type_id;
	row->frozen = map->frozen;
	bpf_probe_read_kernel(row->name, MAP_NAME_SIZE, map->name);
}

SEC("iter/bpf_map")
int maps(struct bpf_iter__bpf_map *context)
{
	struct bpf_map *map = context->map, *untrusted;
	struct maps_row row = {};

	if (!map)
		return 0;
	untrusted = bpfview_untrusted(map);
	map_fill_counts(&row, map, untrusted, map_address(context));
	map_fill(&row, untrusted);
	bpfview_write_row(context->meta->seq, &row);
	return 0;
}
