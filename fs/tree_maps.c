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

/* Whether the map is there and has that name. */
static bool map_is_called(uint32_t id, const char *name)
{
	struct bpf_map_info info = {0};
	uint32_t size = sizeof(info);
	int map = kernel_map(id), error;

	if (map < 0)
		return false;
	error = bpf_obj_get_info_by_fd(map, &info, &size);
	close(map);
	return !error && !strcmp(info.name, name);
}

static int find_named(const char *name, uint32_t *out)
{
	size_t length = strspn(name, "0123456789_.abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	uint32_t id = 0, found = 0;

	if (!length || name[length] || length >= BPF_OBJ_NAME_LEN)
		return -ENOENT;
	while (!bpf_map_get_next_id(id, &id)) {
		if (!map_is_called(id, name))
			continue;
		if (found)
			return explain(-ENOTUNIQ, "open one by its id: maps/list has them",
				       "maps %u and %u are both called %s", found, id, name);
		found = id;
	}
	*out = found;
	return found ? 0
		     : explain(-ENOENT, "maps/list has those there are", "no map is called %s",
			       name);
}

/* A number is an id, also where a map is called so. No sign, blank or leading zero. */
static int find_numbered(const char *name, uint32_t *out)
{
	unsigned long id;
	int map;

	errno = 0;
	id = strtoul(name, NULL, 10);
	if (name[0] == '0' || errno || id > UINT32_MAX)
		return -ENOENT;
	map = kernel_map((uint32_t)id);
	if (map < 0)
		return map;
	close(map);
	*out = (uint32_t)id;
	return 0;
}

static int maps_lookup(const struct entry *in, const char *name, const struct caller *caller,
		       struct entry *out)
{
	bool number = name[0] && !name[strspn(name, "0123456789")];
	int error = number ? find_numbered(name, &out->map) : find_named(name, &out->map);

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
