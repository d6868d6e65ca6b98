/* SPDX-License-Identifier: GPL-2.0-only */
/* Why an object could not be loaded, by the log of libbpf and the verifier. */
#ifndef BPFVIEW_LOADER_HINTS_H
#define BPFVIEW_LOADER_HINTS_H

#include <stddef.h>

/* Returns -EACCES, with what the log says last as words, and a hint when it is a known case. */
int hints_explain(const char *log, size_t size);

#endif
