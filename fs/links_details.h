/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_LINKS_DETAILS_H
#define BPFVIEW_LINKS_DETAILS_H

/*
 * Completes a row of the links view (bpf/links.h) with what its program can't know, as struct
 * completion asks for. What can't be known, as the link has gone or the kernel doesn't tell, is
 * left as it is.
 */
void links_details(void *context, void *record);

#endif
