/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs a dissector on many frames in one call: a test run for each costs several times what the
 * dissector does. Only for a dissector that was built for it, as bpf/dissect_batch.bpf.c is.
 */
#ifndef BPFVIEW_DISSECTOR_BATCH_H
#define BPFVIEW_DISSECTOR_BATCH_H

#include <stddef.h>
#include <stdint.h>

struct dissector_batch;
struct dissector_job;

/* From the bytes of an object file, which must live as long. NULL: no memory. */
struct dissector_batch *dissector_batch_create(const void *object, size_t size);
void dissector_batch_free(struct dissector_batch *batch);

/*
 * Runs the jobs whose headers are within the first bytes of their frames, and sets their error to
 * 0. The others are left as they are: all of them when this can't be loaded. Any thread.
 */
void dissector_batch_run(struct dissector_batch *batch, uint32_t flags, struct dissector_job *jobs,
			 size_t count);

#endif
