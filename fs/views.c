// SPDX-License-Identifier: GPL-2.0-only
#include "view.h"

/* Path in the tree, object in bpf/, summary, what completes a row. */
const struct view_definition view_definitions[] = {
	{"tasks", "tasks", "a row for each process", NULL},
	{"threads", "threads", "a row for each thread", NULL},
};

const size_t view_count = sizeof(view_definitions) / sizeof(view_definitions[0]);
