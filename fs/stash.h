/* SPDX-License-Identifier: GPL-2.0-only */
/* Rows of a view whose program leaves them in a map: see bpf/stash.h for why. */
#ifndef BPFVIEW_STASH_SOURCE_H
#define BPFVIEW_STASH_SOURCE_H

#define STASH_NAME "stash" /* of the map */

struct schema;
struct source;

/*
 * A source over the iterator of link, in a network namespace or, with -1, in the daemon's. link and
 * schema must outlive it; network is the caller's. What is there from the first fill to the end has
 * one row, whatever comes and goes meanwhile. 0 or a negative errno, with words.
 */
int stash_source_create(int link, int network, const struct schema *schema, struct source **out);

#endif
