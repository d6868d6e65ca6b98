/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds out what kind of memory an address is, without a lock and without touching that memory.
 * bpf_find_vma() would take the lock of a memory map that nothing keeps from being freed.
 */
#ifndef BPFVIEW_MEMORY_AREA_H
#define BPFVIEW_MEMORY_AREA_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

/* An entry of a maple tree that points to a node holds the node's type in its low bits. */
#define MAPLE_NODE_MASK	 0xffUL
#define MAPLE_ROOT_FLAG	 2UL
#define MAPLE_TYPE_SHIFT 3
#define MAPLE_TYPE_MASK	 0xfUL
#define MAPLE_LEAF_64	 1
#define MAPLE_RANGE_64	 2
#define MAPLE_ARANGE_64	 3
#define MAPLE_PIVOTS	 15
#define MAPLE_DEPTH	 8

/* The entry of the node that covers the address. */
static inline unsigned long maple_step(unsigned long entry, unsigned long address)
{
	unsigned long type = entry >> MAPLE_TYPE_SHIFT & MAPLE_TYPE_MASK;
	void *node = (void *)(entry & ~MAPLE_NODE_MASK);
	unsigned long pivots[MAPLE_PIVOTS] = {}, next = 0;
	__u32 count, pivot, slots, i = 0;

	if (type == MAPLE_ARANGE_64) {
		count = 9;
		pivot = bpf_core_field_offset(struct maple_arange_64, pivot);
		slots = bpf_core_field_offset(struct maple_arange_64, slot);
	} else {
		count = MAPLE_PIVOTS;
		pivot = bpf_core_field_offset(struct maple_range_64, pivot);
		slots = bpf_core_field_offset(struct maple_range_64, slot);
	}
	bpf_probe_read_kernel(pivots, sizeof(pivots), node + pivot);
	for (; i < MAPLE_PIVOTS && i < count && pivots[i] < address; i++)
		;
	bpf_probe_read_kernel(&next, sizeof(next), node + slots + i * sizeof(next));
	return next;
}

/*
 * The end of the anonymous memory at the address, or 0 when there is none, or another kind. Not
 * static, and given numbers: such a function is verified once, not at each of its calls.
 */
__noinline unsigned long anonymous_end(unsigned long memory, unsigned long address)
{
	struct mm_struct *mm = (void *)memory;
	struct vm_area_struct *area;
	unsigned long type, entry = (unsigned long)BPF_CORE_READ(mm, mm_mt.ma_root);

	if (!(entry & MAPLE_ROOT_FLAG))
		return 0;
	for (int i = 0; i < MAPLE_DEPTH; i++) {
		type = entry >> MAPLE_TYPE_SHIFT & MAPLE_TYPE_MASK;
		if (type < MAPLE_LEAF_64 || type > MAPLE_ARANGE_64)
			return 0;
		entry = maple_step(entry, address);
		if (type == MAPLE_LEAF_64)
			break;
	}
	area = (void *)entry;
	if (BPF_CORE_READ(area, vm_mm) != mm || BPF_CORE_READ(area, vm_ops) ||
	    BPF_CORE_READ(area, vm_start) > address || BPF_CORE_READ(area, vm_end) <= address)
		return 0;
	return BPF_CORE_READ(area, vm_end);
}

/* How many of the bytes there, fewer than a page, are anonymous memory up to the first that isn't.
 */
__noinline unsigned long anonymous_size(unsigned long memory, unsigned long address,
					unsigned long size)
{
	unsigned long end = anonymous_end(memory, address);

	if (!end)
		return 0;
	return address + size <= end || anonymous_end(memory, end) ? size : end - address;
}

#endif
