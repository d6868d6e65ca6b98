/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BPFVIEW_MAPS_DETAILS_H
#define BPFVIEW_MAPS_DETAILS_H

/*
 * Completes a row of the maps view (bpf/maps.h) with what its program can't know, as struct
 * completion asks for. What can't be known, as the map has gone or the kernel doesn't tell, is
 * left as it is.
 */
void maps_details(void *context, void *record);

#endif
