/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_MAPS_DETAILS_H
#define BPFVIEW_MAPS_DETAILS_H

struct schema;

/*
 * Completes a record of the maps view (bpf/maps.h) with what its program can't know. What can't
 * be known, as the map has gone or the kernel doesn't tell, is left as it is. Always 0.
 */
int maps_details(const struct schema *schema, void *record);

#endif
