/* SPDX-License-Identifier: GPL-2.0-only */
/* A source over rows of fixed size that the daemon holds itself. */
#ifndef BPFVIEW_RECORDS_H
#define BPFVIEW_RECORDS_H

#include <stddef.h>

struct schema;
struct source;

/* Takes rows, which free() must accept, also when it fails. 0 or -ENOMEM. */
int records_source(const struct schema *schema, void *rows, size_t count, struct source **out);

#endif
