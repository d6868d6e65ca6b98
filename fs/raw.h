/* SPDX-License-Identifier: GPL-2.0-only */
/* Text that is shown as it comes: a source of bytes, and the format for it. */
#ifndef BPFVIEW_RAW_H
#define BPFVIEW_RAW_H

struct buffer;
struct format;
struct schema;
struct source;

extern const struct format format_raw; /* only for sources of raw_schema */
extern const struct schema raw_schema; /* a record is a byte */

/* A source of a buffer's bytes, which it takes. 0 or -ENOMEM. */
int raw_source(struct buffer *bytes, struct source **out);

#endif
