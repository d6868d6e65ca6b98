/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of what a dissector has done. */
#ifndef BPFVIEW_DISSECTOR_STATS_H
#define BPFVIEW_DISSECTOR_STATS_H

#include <stddef.h>

struct dissector;
struct schema;
struct source;

extern const struct schema dissector_stats_schema;

/* One row; attached is in how many namespaces it is. 0 or a negative errno with words. */
int dissector_stats_source(struct dissector *dissector, size_t attached, struct source **out);

#endif
