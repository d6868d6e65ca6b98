/* SPDX-License-Identifier: GPL-2.0-only */
/* A view's BPF object: what it says of itself, and loading it. */
#ifndef BPFVIEW_VIEW_OBJECT_H
#define BPFVIEW_VIEW_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

struct btf;
struct schema;

struct view_object {
	struct schema *schema; /* of the rows */
	void *constants; /* the object's .rodata, with what the kernel has; NULL for none */
	size_t constants_size;
	bool in_passes; /* is run as passes.h says */
	bool stashed; /* as stash.h does */
};

/*
 * Reads object NAME: its columns from struct NAME_row in its BTF, its constants. kernel is the
 * kernel's BTF, or NULL when it has none. -ENOENT with words when the kernel lacks what the program
 * iterates; the columns are known then all the same.
 */
int view_object_read(const char *name, const struct btf *kernel, struct view_object *out);
void view_object_free(struct view_object *object);

/* Loads the object and returns its iterator's link as a descriptor, or a negative errno. */
int view_object_load(const char *name, const struct view_object *view);

#endif
