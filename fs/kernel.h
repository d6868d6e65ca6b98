/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What asks the kernel for descriptors and needs privilege for it. Each returns a descriptor that
 * is the caller's, or a negative errno with words.
 */
#ifndef BPFVIEW_KERNEL_H
#define BPFVIEW_KERNEL_H

#include <linux/types.h>

/* A map by its id, for reading alone. -ENOENT when there is none. */
int kernel_map(__u32 id);

/* An iterator over a map's elements. It keeps program and map in the kernel until it is closed. */
int kernel_map_iterator(int program, int map);

#endif
