// SPDX-License-Identifier: GPL-2.0-only
/*
 * The built-in dissector for many packets in one call: a test run costs several times what the
 * dissector does. Not for packets that it must see more of than a slot holds.
 */
#include <bpfview/dissect.bpf.h>

#include "dissect_slots.h"

#define PACKET struct dissect_slot

static __always_inline void *packet_header(struct dissect_slot *slot, __u32 offset, __u32 size,
					   void *copy)
{
	(void)copy;
	if (offset <= DISSECT_SLOT_BYTES - size && offset + size <= slot->size)
		return slot->bytes + offset;
	slot->beyond = slot->cut;
	return NULL;
}

static __always_inline struct bpf_flow_keys *packet_keys(struct dissect_slot *slot)
{
	return &slot->keys;
}

#include "dissect_packet.h"

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, DISSECT_SLOTS);
	__type(key, __u32);
	__type(value, struct dissect_slot);
} slots SEC(".maps");

static long dissect_slot(__u32 index, void *context)
{
	struct dissect_slot *slot = bpf_map_lookup_elem(&slots, &index);
	bool lost;

	(void)context;
	if (slot)
		slot->verdict = dissect_packet(slot, &lost);
	return 0;
}

/* The context is how many slots are filled, from the first on. */
SEC("syscall")
int dissect_batch(const __u32 *count)
{
	bpf_loop(*count, dissect_slot, NULL, 0);
	return 0;
}
