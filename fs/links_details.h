/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_LINKS_DETAILS_H
#define BPFVIEW_LINKS_DETAILS_H

struct schema;

/*
 * Completes a record of the links view (bpf/links.h) with what its program can't know. What can't
 * be known, as the link has gone or the kernel doesn't tell, is left as it is. Always 0.
 */
int links_details(const struct schema *schema, void *record);

#endif
