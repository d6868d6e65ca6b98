/* SPDX-License-Identifier: GPL-2.0-only */
/* The table `btfs`: the type information that the kernel holds, and who uses it. */
#ifndef BPFVIEW_BTFS_H
#define BPFVIEW_BTFS_H

struct schema;
struct source;

extern const struct schema btfs_schema;

/* The rows as they are now, by rising id. 0 or a negative errno with words. May take long. */
int btfs_source(struct source **out);

#endif
