/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of the iters*.c files. */
#ifndef BPFVIEW_ITERS_INSIDE_H
#define BPFVIEW_ITERS_INSIDE_H

#include <stdatomic.h>

#include "iters.h"
#include "load_report.h"

struct btf;

struct program {
	struct iter_program shown;
	int descriptor;
	bool in_passes; /* as passes.h says */
	struct schema *schema;
};

struct iters {
	atomic_uint references;
	struct btf *btf; /* of the object, as the kernel has it; NULL when it has none */
	struct program programs[LOAD_ITERATORS];
	size_t program_count;
	int maps[LOAD_MAPS];
	size_t map_count;
	struct iter_variable *variables;
	size_t variable_count;
};

/* Attaches a program to what the choice says; a link, the caller's, or a negative errno. */
int iters_link(const struct program *program, const struct iter_choice *choice);

/* Finds the variables of the maps. 0 or -ENOMEM. */
int iters_variables_find(struct iters *iters);

#endif
