/* SPDX-License-Identifier: GPL-2.0-only */
/* The memory that bpf/dissect_batch.bpf.c shares with fs/dissector_batch.c. */
#ifndef DISSECT_SLOTS_H
#define DISSECT_SLOTS_H

#include <linux/bpf.h>

#define DISSECT_SLOTS 2048

/* Bytes of a packet that a slot holds: nearly all headers end before. */
#define DISSECT_SLOT_BYTES 128

struct dissect_slot {
	struct bpf_flow_keys keys; /* nhoff, thoff, n_proto and flags are set before */
	__u16 size; /* of bytes */
	__u8 cut; /* the packet goes on after them */
	__u8 beyond; /* and the program wanted to see that: keys and verdict are void */
	__u32 verdict; /* BPF_OK or BPF_DROP */
	__u8 bytes[DISSECT_SLOT_BYTES];
};

#endif
