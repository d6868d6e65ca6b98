/* SPDX-License-Identifier: GPL-2.0-only */
/* A view's BPF object: what it says of itself, and loading it. */
#ifndef BPFVIEW_VIEW_OBJECT_H
#define BPFVIEW_VIEW_OBJECT_H

struct btf;
struct schema;

/*
 * The columns of object NAME, from struct NAME_row in its BTF. kernel is the kernel's BTF, or NULL
 * when it has none. -ENOENT with words when the kernel lacks what the program iterates.
 */
int view_object_read(const char *name, const struct btf *kernel, struct schema **out);

/* Loads the object and returns its iterator's link as a descriptor, or a negative errno. */
int view_object_load(const char *name);

#endif
