/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows of a view that the kernel iterates only as far as one fill of its buffer goes, silently or
 * not: see include/bpfview/passes.bpf.h.
 */
#ifndef BPFVIEW_PASSES_H
#define BPFVIEW_PASSES_H

struct schema;
struct source;

/*
 * A source over the iterator of link, which with schema must outlive it. An object that is there
 * from the first fill to the end has one row, whatever comes and goes meanwhile; with too much of
 * that a fill fails with -ETIMEDOUT and words. 0 or a negative errno, with words.
 */
int passes_source_create(int link, const struct schema *schema, struct source **out);

#endif
