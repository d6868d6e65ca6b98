/* SPDX-License-Identifier: GPL-2.0-only */
/* The BPF objects that are built into the daemon: one for each file of bpf/. */
#ifndef BPFVIEW_OBJECT_H
#define BPFVIEW_OBJECT_H

#include <stddef.h>

struct object {
	const char *name; /* "tasks" for bpf/tasks.bpf.c */
	const unsigned char *data; /* the ELF file */
	size_t size;
};

extern const struct object objects[]; /* made by the build */
extern const size_t object_count;

/* The object of that name, or NULL. */
const struct object *object_find(const char *name);

#endif
