// SPDX-License-Identifier: GPL-2.0-only
#include <bpfview/kernel.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#define SLAB_NODES   1024
#define ORDER_SHIFT  16
#define OBJECTS_MASK 0xffff

char LICENSE[] SEC("license") = "GPL";

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct kmem_cache_node {
	unsigned long nr_partial;
	struct atomic64 nr_slabs, total_objects; /* with CONFIG_SLUB_DEBUG */
};

struct kmem_cache {
	unsigned int size, object_size, align;
	struct {
		unsigned int x;
	} oo;
	int refcount;
	const char *name;
	struct kmem_cache_node *node[SLAB_NODES];
};

#pragma clang attribute pop

struct bpf_iter__kmem_cache {
	struct bpf_iter_meta *meta;
	struct kmem_cache *s;
};

struct slabs_row {
	__u32 object_size_bytes BPFVIEW_ABOUT("as its user asked for");
	__u32 slot_size_bytes BPFVIEW_ABOUT("that an object takes up");
	__u32 align_bytes;
	__u32 objects_per_slab, pages_per_slab;
	__u32 aliases BPFVIEW_ABOUT("more caches that were merged into this one");
	__s64 slabs BPFVIEW_NONE(-1);
	__s64 partial_slabs BPFVIEW_ABOUT("with room, without those that CPUs keep");
	__s64 objects BPFVIEW_NONE(-1) BPFVIEW_ABOUT("that the slabs have room for, in use or not");
	__s64 size_bytes BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of all slabs");
	char name[0];
};
BPFVIEW_ROW(slabs);

const volatile __u64 page_size = 4096;

/* The kernel has it where it has the iterator. */
extern struct kmem_cache *bpf_get_kmem_cache(__u64 address) __ksym __weak;

/* A cache is allocated without the end of its array: it is as long as the machine has nodes. */
static inline __u32 slab_nodes(__u64 address)
{
	__u32 before = bpf_core_field_offset(struct kmem_cache, node);
	struct kmem_cache *holder = bpf_get_kmem_cache(address);
	__u32 size = holder ? holder->object_size : 0;

	return size > before ? (size - before) / sizeof(holder->node[0]) : 0;
}

struct slab_walk {
	struct kmem_cache_node **nodes;
	struct slabs_row *row;
};

static long slab_add_node(__u32 index, struct slab_walk *walk)
{
	struct kmem_cache_node *node = NULL;

	bpf_probe_read_kernel(&node, sizeof(node), &walk->nodes[index]);
	if (!node)
		return 0;
	walk->row->partial_slabs += BPF_CORE_READ(node, nr_partial);
	if (!bpf_core_field_exists(node->nr_slabs))
		return 0;
	walk->row->slabs += BPF_CORE_READ(node, nr_slabs.counter);
	walk->row->objects += BPF_CORE_READ(node, total_objects.counter);
	return 0;
}

static inline void slab_fill_counts(struct slabs_row *row, __u64 address)
{
	struct slab_walk walk = {.row = row};
	struct kmem_cache_node *node = NULL;

	walk.nodes = (void *)address + bpf_core_field_offset(struct kmem_cache, node);
	bpf_loop(slab_nodes(address), slab_add_node, &walk, 0);
	row->size_bytes = row->slabs * row->pages_per_slab * page_size;
	if (!bpf_core_field_exists(node->nr_slabs))
		row->slabs = row->objects = row->size_bytes = -1;
}

/* The cache refers to itself and the iterator does too; those of the boot have a negative count. */
static inline __u32 slab_aliases(int references)
{
	return references > 2 ? references - 2 : 0;
}

SEC("iter/kmem_cache")
int slabs(struct bpf_iter__kmem_cache *context)
{
	struct seq_file *seq = context->meta->seq;
	struct kmem_cache *cache = context->s;
	struct slabs_row row = {};
	__u64 address = 0;

	if (!cache)
		return 0;
	cache = bpfview_untrusted(cache);
	row.object_size_bytes = cache->object_size;
	row.slot_size_bytes = cache->size;
	row.align_bytes = cache->align;
	row.objects_per_slab = cache->oo.x & OBJECTS_MASK;
	row.pages_per_slab = 1 << (cache->oo.x >> ORDER_SHIFT);
	row.aliases = slab_aliases(cache->refcount);
	/* As a number, which a pointer is not allowed to become. */
	bpf_probe_read_kernel(&address, sizeof(address), &context->s);
	slab_fill_counts(&row, address);
	if (!bpfview_write_row(seq, &row))
		bpfview_write_string(seq, cache->name, 0);
	return 0;
}
