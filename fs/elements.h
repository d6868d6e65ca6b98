/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rows of maps/<id>: a row for each element of a map, in the map's own types.
 *
 * A map that changes while it is read: an element that stays is given once, but for hash kinds the
 * kernel may pass over one, or give one twice, when its neighbours in the bucket come and go.
 */
#ifndef BPFVIEW_ELEMENTS_H
#define BPFVIEW_ELEMENTS_H

#include <linux/types.h>

struct source;

/*
 * Opens the rows of a map, whose descriptors the source keeps, so that deleting the map doesn't
 * end it. The map is never changed. Errors, with words: -ENOENT for no such map, -EOPNOTSUPP for
 * a kind that can't be iterated, -E2BIG for elements of many megabytes.
 */
int elements_open(__u32 map_id, struct source **out);

#endif
