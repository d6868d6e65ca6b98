/* SPDX-License-Identifier: GPL-2.0-only */
/* What a user's object may hold. Each returns 0 or a negative errno with words. */
#ifndef BPFVIEW_LOADER_CHECK_H
#define BPFVIEW_LOADER_CHECK_H

#include <stdbool.h>

struct bpf_object;
struct bpf_program;

/* Before it is loaded: -EPROTOTYPE or -EACCES. Takes it from its maps to be pinned. */
int check_object(struct bpf_object *object);

/* Once it is loaded, and before anything of it runs: -EACCES for helpers that do more than to look.
 */
int check_calls(struct bpf_object *object);

bool program_is_iterator(const struct bpf_program *program);

/* The flow dissector to enter at, the only one or that named _dissect, or NULL for none. */
int check_entry(struct bpf_object *object, struct bpf_program **out);

/*
 * By the convention of the kernel's selftests a program array `jmp_table` holds at i the program
 * flow_dissector_<i>. Of a loaded object.
 */
int jump_table_fill(struct bpf_object *object);

#endif
