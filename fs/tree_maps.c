// SPDX-License-Identifier: GPL-2.0-only
/* maps/<id>, and maps/<name>, which is not listed */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "elements.h"
#include "explain.h"
#include "kernel.h"
#include "map_find.h"
#include "table.h"
#include "tree_directory.h"

static int open_map(const struct entry *entry, const struct caller *caller, struct source **out)
{
	int pids, error = kernel_pids_of(caller->thread, &pids);

	if (!error)
		error = elements_open(entry->map, pids, out);
	if (pids >= 0)
		close(pids);
	return error;
}

static int maps_lookup(const struct entry *in, const char *name, const struct caller *caller,
		       struct entry *out)
{
	int error = map_find(name, &out->map);

	(void)in, (void)caller;
	if (error)
		return error;
	out->type = ENTRY_TABLE;
	out->open = open_map;
	out->usage = &own_table_find(TABLE_ELEMENTS)->usage;
	return 0;
}

static int maps_list(const struct entry *in, const struct caller *caller, tree_add *add,
		     void *context)
{
	struct buffer name = {0};
	uint32_t id = 0;
	int stop = 0;

	(void)caller;
	while (!stop && !bpf_map_get_next_id(id, &id)) {
		name.size = 0;
		buffer_put_unsigned(&name, id);
		buffer_put_char(&name, '\0');
		stop = name.failed ? -ENOMEM
				   : directory_add(in, name.data, ENTRY_TABLE, add, context);
	}
	buffer_free(&name);
	return stop;
}

const struct directory directory_maps = {"maps", &directory_root, maps_lookup, maps_list};
