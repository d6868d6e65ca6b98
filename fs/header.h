/* SPDX-License-Identifier: GPL-2.0-only */
/* The headers that programs for this mount are written with. */
#ifndef BPFVIEW_HEADER_H
#define BPFVIEW_HEADER_H

#include "object.h"

struct document;

/*
 * Those that are built in, this project's and libbpf's for BPF programs, folder by folder. A name
 * is like "bpfview/view.bpf.h".
 */
extern const struct object headers[];
extern const size_t header_count;

/*
 * The types of the running kernel, as C, which are made when they are first asked for: a reference,
 * or NULL where there is no BTF. Takes a fifth of a second then.
 */
struct document *header_vmlinux(void);
void headers_free(void);

#endif
