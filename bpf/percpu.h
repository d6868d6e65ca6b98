/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where each CPU keeps its share of per-CPU memory. The kernel's own table of that is not in BTF;
 * but an element of a per-CPU map is at its common address plus the CPU's offset, and both show.
 */
#ifndef BPFVIEW_PERCPU_H
#define BPFVIEW_PERCPU_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

#define PERCPU_LIMIT 4096 /* CPUs */

struct bpf_array {
	void *pptrs[1];
} __attribute__((preserve_access_index));

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} percpu_probe SEC(".maps");

/* Ends with a 0. Written with the same values by each program that finds it empty. */
unsigned long percpu_offsets[PERCPU_LIMIT];

/* The verifier doesn't let a pointer be a number; its copy is one. */
static inline unsigned long address_of(void *pointer)
{
	unsigned long address = 0;

	bpf_probe_read_kernel(&address, sizeof(address), &pointer);
	return address;
}

static long percpu_find_offset(__u32 cpu, const unsigned long *common)
{
	__u32 key = 0;
	void *element = bpf_map_lookup_percpu_elem(&percpu_probe, &key, cpu);

	if (!element || cpu >= PERCPU_LIMIT - 1)
		return 1;
	percpu_offsets[cpu] = address_of(element) - *common;
	return 0;
}

static __noinline long percpu_find_offsets(void)
{
	struct bpf_array *array = (void *)address_of(&percpu_probe);
	unsigned long common = (unsigned long)BPF_CORE_READ(array, pptrs[0]);

	if (!percpu_offsets[0])
		bpf_loop(PERCPU_LIMIT, percpu_find_offset, &common, 0);
	return 0;
}

#endif
