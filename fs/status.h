/* SPDX-License-Identifier: GPL-2.0-only */
/* The table `status`: what became of each table. */
#ifndef BPFVIEW_STATUS_H
#define BPFVIEW_STATUS_H

struct schema;
struct source;

extern const struct schema status_schema;

/* Any thread, after views_init(). 0 or -ENOMEM. */
int status_source(struct source **out);

#endif
