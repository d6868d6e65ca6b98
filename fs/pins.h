/* SPDX-License-Identifier: GPL-2.0-only */
/* What is pinned on the machine's BPF filesystems, by whom ever. */
#ifndef BPFVIEW_PINS_H
#define BPFVIEW_PINS_H

struct schema;
struct source;

extern const struct schema pins_schema;

/* A row for each pin that the daemon's mount namespace has. 0 or -ENOMEM. */
int pins_source(struct source **out);

#endif
