/* SPDX-License-Identifier: GPL-2.0-only */
/* Columns that line up: as wide as their names and the cells of the first batch. */
#ifndef BPFVIEW_TEXT_H
#define BPFVIEW_TEXT_H

#include <stddef.h>

struct printer;

/* Sets printer->widths. -ENOMEM; records that don't fit the schema are left to who prints them. */
int text_settle_widths(struct printer *printer, const void *records, size_t size);

#endif
