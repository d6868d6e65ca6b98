/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_PROGS_DETAILS_H
#define BPFVIEW_PROGS_DETAILS_H

/*
 * Completes a row of the progs view (bpf/progs.h) with what its program can't know, as struct
 * completion asks for. What can't be known, as the program has gone or the kernel doesn't tell, is
 * left as it is.
 */
void progs_details(void *context, void *record);

#endif
