/* SPDX-License-Identifier: GPL-2.0-only */
/* A flow dissector, run on packets by BPF_PROG_TEST_RUN. Any thread. */
#ifndef BPFVIEW_DISSECTOR_H
#define BPFVIEW_DISSECTOR_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

struct dissector;
struct object;

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

/* Those of an exchange; second and kernel are NULL unless it compares. References, or borrowed. */
struct dissectors {
	struct dissector *first, *second, *kernel;
};

/* What it has said of packets so far. */
struct dissector_counts {
	uint64_t packets, ok, dropped, continued; /* what is left returned something else */
};

/*
 * A dissector of objects that are built in, with one reference. Nothing is loaded before it is
 * first needed. many says the same of many frames in one call, and may be NULL; live is what is
 * attached. NULL when there is no memory.
 */
struct dissector *dissector_create(const struct object *one, const struct object *many,
				   const struct object *live);

/*
 * A dissector of a loaded program, a descriptor that it takes, as it takes those of the maps that
 * are kept with it: also when there is no memory, which is NULL.
 */
struct dissector *dissector_of(int program, const int *maps, size_t count);

struct dissector *dissector_get(struct dissector *dissector);
void dissector_put(struct dissector *dissector); /* NULL is fine */
void dissectors_put(const struct dissectors *dissectors);

/*
 * Runs the jobs, with BPF_FLOW_DISSECTOR_F_* flags. 0, or why the program could not be loaded, with
 * words.
 */
int dissector_run(struct dissector *dissector, uint32_t flags, struct dissector_job *jobs,
		  size_t count);

void dissector_count(const struct dissector *dissector, struct dissector_counts *out);

/* The program to attach, as a descriptor of the dissector's, or why it could not be loaded. */
int dissector_live(struct dissector *dissector);

#endif
