/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rows of maps/<id>: a row for each element of a map, in the map's own types. Of kinds that
 * can't be gone through without a change, what can be had (element_map.h).
 *
 * When a map changes while it is read, each row is a key with its own value as it was at one time
 * between open and end. Of hash kinds the kernel may pass over an element that stays, or give it
 * twice, when others of its bucket come or go. A value that is written in place, as arrays' are,
 * may be seen half written.
 */
#ifndef BPFVIEW_ELEMENTS_H
#define BPFVIEW_ELEMENTS_H

#include <linux/types.h>

struct schema;
struct source;

/* All columns that any kind's rows may have, for README; not for reading rows. */
extern const struct schema elements_schema;

/*
 * Opens the rows of a map, whose descriptors the source keeps, so that deleting the map doesn't
 * end it. The map is never changed. Tasks are those of the pid namespace, a descriptor that stays
 * the caller's or -1 for the daemon's, in its numbers. Errors, with words: -ENOENT for no such map,
 * -EOPNOTSUPP for a kind that can't be shown, -E2BIG for elements of many megabytes.
 */
int elements_open(__u32 map_id, int pids, struct source **out);

#endif
