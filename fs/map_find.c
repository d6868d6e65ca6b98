// SPDX-License-Identifier: GPL-2.0-only
#include "map_find.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"

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

int map_find(const char *name, uint32_t *out)
{
	bool number = name[0] && !name[strspn(name, "0123456789")];

	return number ? find_numbered(name, out) : find_named(name, out);
}
