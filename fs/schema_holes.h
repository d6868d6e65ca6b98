/* SPDX-License-Identifier: GPL-2.0-only */
/* Padding in a row: bytes that its program didn't write could be anything of the kernel's. */
#ifndef BPFVIEW_SCHEMA_HOLES_H
#define BPFVIEW_SCHEMA_HOLES_H

struct schema;

/* 0 when each bit of the row belongs to a column; -EINVAL with words (explain.h), -ENOMEM. */
int schema_check_holes(const struct schema *schema, const char *row);

#endif
