// SPDX-License-Identifier: GPL-2.0-only
/* maps/<id> */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "elements.h"
#include "kernel.h"
#include "tree_directory.h"

static int open_map(const struct entry *entry, const struct caller *caller, struct source **out)
{
	(void)caller;
	return elements_open(entry->map, out);
}

static int maps_lookup(const struct entry *in, const char *name, struct entry *out)
{
	unsigned long id;
	char *end;
	int map;

	(void)in;
	if (name[0] < '1' || name[0] > '9') /* no sign, blank or leading zero */
		return -ENOENT;
	errno = 0;
	id = strtoul(name, &end, 10);
	if (errno || *end || id > UINT32_MAX)
		return -ENOENT;
	map = kernel_map((uint32_t)id);
	if (map < 0)
		return map;
	close(map);
	out->type = ENTRY_TABLE;
	out->open = open_map;
	out->map = (uint32_t)id;
	return 0;
}

static int maps_list(const struct entry *in, tree_add *add, void *context)
{
	char name[16];
	uint32_t id = 0;
	int stop = 0;

	while (!stop && !bpf_map_get_next_id(id, &id)) {
		snprintf(name, sizeof(name), "%u", id);
		stop = directory_add(in, name, false, add, context);
	}
	return stop;
}

const struct directory directory_maps = {"maps", &directory_root, maps_lookup, maps_list, 0};
