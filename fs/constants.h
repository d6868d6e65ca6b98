/* SPDX-License-Identifier: GPL-2.0-only */
/* The `const volatile` variables that include/bpfview/view.bpf.h promises to a program. */
#ifndef BPFVIEW_CONSTANTS_H
#define BPFVIEW_CONSTANTS_H

#include <linux/types.h>
#include <stdbool.h>

struct btf;

/* Whether a section of an object asks what the kernel has. */
bool constants_ask_kernel(const struct btf *btf, __u32 section);

/* Sets those that the section has. kernel is the kernel's BTF, or NULL where nothing asks for it.
 */
void constants_fill(const struct btf *btf, __u32 section, const struct btf *kernel, char *values);

#endif
