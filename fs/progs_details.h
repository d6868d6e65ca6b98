/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_PROGS_DETAILS_H
#define BPFVIEW_PROGS_DETAILS_H

struct schema;

/*
 * Completes a record of the progs view (bpf/progs.h) with what its program can't know. What can't
 * be known, as the program has gone or the kernel doesn't tell, is left as it is. Always 0.
 */
int progs_details(const struct schema *schema, void *record);

#endif
