/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads a BPF object by a loader program, which libbpf makes of it and the kernel runs: the kernel
 * relocates the object by the BTF that it has at hand, where libbpf first reads all of that BTF.
 */
#ifndef BPFVIEW_OBJECT_LOADER_H
#define BPFVIEW_OBJECT_LOADER_H

#include <stdbool.h>

struct bpf_object;
struct bpf_program;

/* How the program is to be linked: what it iterates, "cgroup" for "iter.s/cgroup". */
const char *object_target(const struct bpf_program *program);

/* Whether that is the elements of a map, which a link has to name. */
bool object_target_is_map(const char *target);

/* Links a loaded program. Returns the link as a descriptor, or a negative errno. */
int object_link(int program, const char *target);

/*
 * Takes an opened object that has one program, an iterator, and no use afterwards but to be closed.
 * Returns the iterator's link as a descriptor, or a negative errno without words.
 */
int object_loader_run(struct bpf_object *object, const char *target);

#endif
