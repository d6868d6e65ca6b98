/* SPDX-License-Identifier: GPL-2.0-only */
/* Kinds that only the elements of some maps have. */
#ifndef BPFVIEW_KIND_ELEMENT_H
#define BPFVIEW_KIND_ELEMENT_H

#include "column.h"

extern const struct kind kind_stack; /* addresses of 8 bytes, up to the first zero */
extern const struct kind kind_dump; /* after the row; bytes as hex */

#endif
