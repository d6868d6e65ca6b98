/* SPDX-License-Identifier: GPL-2.0-only */
/* A flow dissector, run on packets by BPF_PROG_TEST_RUN. */
#ifndef BPFVIEW_DISSECTOR_H
#define BPFVIEW_DISSECTOR_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

struct dissector;
struct dissector_batch;

/* What the kernel takes of a frame: one page. */
#define DISSECTOR_LEAST 14
#define DISSECTOR_MOST	4096

/* One frame, from its Ethernet header, and what the dissector says of it. */
struct dissector_job {
	const void *frame;
	uint32_t size; /* DISSECTOR_LEAST to DISSECTOR_MOST */
	uint32_t verdict; /* what the program returned: BPF_OK, BPF_DROP, any number */
	struct bpf_flow_keys *keys; /* where they go */
	int error; /* 0, or a negative errno: the kernel did not run it */
};

/*
 * A dissector from the bytes of an object file, which must live as long as it does. Nothing is
 * loaded before it is first needed. batch says the same of many frames in one call; it belongs to
 * the dissector then, and may be NULL. NULL when there is no memory.
 */
struct dissector *dissector_create(const void *object, size_t size, struct dissector_batch *batch);
void dissector_free(struct dissector *dissector);

/*
 * Runs the jobs, with BPF_FLOW_DISSECTOR_F_* flags. 0, or why the program could not be loaded, with
 * words. Any thread may call it at any time.
 */
int dissector_run(struct dissector *dissector, uint32_t flags, struct dissector_job *jobs,
		  size_t count);

#endif
