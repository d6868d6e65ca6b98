// SPDX-License-Identifier: GPL-2.0-only
#include "view.h"

#include "links_details.h"
#include "maps_details.h"
#include "progs_details.h"

/* Path in the tree, object in bpf/, summary, what completes a row. */
const struct view_definition view_definitions[] = {
	{"tasks", "tasks", "a row for each process", NULL},
	{"threads", "threads", "a row for each thread", NULL},
	{"progs", "progs", "a row for each BPF program", progs_details},
	{"links", "links", "a row for each BPF link", links_details},
	{"maps/list", "maps", "a row for each BPF map", maps_details},
};

const size_t view_count = sizeof(view_definitions) / sizeof(view_definitions[0]);
