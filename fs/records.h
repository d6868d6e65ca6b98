/* SPDX-License-Identifier: GPL-2.0-only */
/* A source over records that the daemon holds itself. */
#ifndef BPFVIEW_RECORDS_H
#define BPFVIEW_RECORDS_H

#include <stddef.h>

struct schema;
struct source;

/* Both take what they are given, which free() must accept, also when they fail. 0 or -ENOMEM. */
int records_source(const struct schema *schema, void *rows, size_t count, struct source **out);

/* Of a schema with texts: size bytes of records, one behind another. -EBADMSG for broken ones. */
int records_source_texts(const struct schema *schema, void *records, size_t size,
			 struct source **out);

#endif
