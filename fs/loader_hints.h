/* SPDX-License-Identifier: GPL-2.0-only */
/* Why an object could not be loaded, by the log of libbpf and the verifier. */
#ifndef BPFVIEW_LOADER_HINTS_H
#define BPFVIEW_LOADER_HINTS_H

#include <stddef.h>

/* -EACCES, or -EOPNOTSUPP for what the kernel does not iterate: with a line of the log and a hint.
 */
int hints_explain(const char *log, size_t size);

#endif
