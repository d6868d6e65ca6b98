// SPDX-License-Identifier: GPL-2.0-only
#include "tree_directory.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "elements.h"
#include "inbox.h"
#include "kernel.h"

static int open_map(const struct entry *entry, uid_t user, struct source **out)
{
	(void)user;
	return elements_open(entry->map, out);
}

static int maps_lookup(const char *name, struct entry *entry)
{
	unsigned long id;
	char *end;
	int map;

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
	entry->type = ENTRY_TABLE;
	entry->open = open_map;
	entry->map = (uint32_t)id;
	return 0;
}

static int maps_list(const struct directory *directory, tree_add *add, void *context)
{
	char path[32], *name = path + strlen("maps/");
	uint32_t id = 0;
	int stop = 0;

	(void)directory;
	while (!stop && !bpf_map_get_next_id(id, &id)) {
		snprintf(path, sizeof(path), "maps/%u", id);
		stop = add(context, path, name, false);
	}
	return stop;
}

/* The inbox of dissect/flags/<set>. */
static int flags_lookup(const char *name, struct entry *entry)
{
	if (strcmp(name, "input"))
		return -ENOENT;
	entry->type = ENTRY_INBOX;
	entry->open = inbox_open_last;
	return 0;
}

static int flags_list(const struct directory *directory, tree_add *add, void *context)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/input", directory->path);
	return add(context, path, "input", false);
}

enum {
	FRAG = BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG,
	LABEL = BPF_FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL,
	ENCAP = BPF_FLOW_DISSECTOR_F_STOP_AT_ENCAP,
};

const struct directory tree_root = {.path = ""};

static const struct directory maps = {"maps", &tree_root, maps_lookup, maps_list, 0};
static const struct directory dissect = {"dissect", &tree_root, NULL, NULL, 0};
static const struct directory dissect_flags = {"dissect/flags", &dissect, NULL, NULL, 0};

static const struct directory flag_sets[] = {
	{"dissect/flags/parse_1st_frag", &dissect_flags, flags_lookup, flags_list, FRAG},
	{"dissect/flags/stop_at_flow_label", &dissect_flags, flags_lookup, flags_list, LABEL},
	{"dissect/flags/parse_1st_frag,stop_at_flow_label", &dissect_flags, flags_lookup,
	 flags_list, FRAG | LABEL},
	{"dissect/flags/stop_at_encap", &dissect_flags, flags_lookup, flags_list, ENCAP},
	{"dissect/flags/parse_1st_frag,stop_at_encap", &dissect_flags, flags_lookup, flags_list,
	 FRAG | ENCAP},
	{"dissect/flags/stop_at_flow_label,stop_at_encap", &dissect_flags, flags_lookup, flags_list,
	 LABEL | ENCAP},
	{"dissect/flags/parse_1st_frag,stop_at_flow_label,stop_at_encap", &dissect_flags,
	 flags_lookup, flags_list, FRAG | LABEL | ENCAP},
};

#define FLAG_SETS (sizeof(flag_sets) / sizeof(flag_sets[0]))

static const struct directory *const others[] = {&maps, &dissect, &dissect_flags};

#define OTHERS (sizeof(others) / sizeof(others[0]))

const struct directory *directory_at(size_t index)
{
	if (index < OTHERS)
		return others[index];
	return index - OTHERS < FLAG_SETS ? &flag_sets[index - OTHERS] : NULL;
}

/* The set that names say, separated by commas in any order; 0 for a wrong name. */
static uint32_t flags_parse(const char *names)
{
	static const struct {
		const char *name;
		uint32_t flag;
	} known[] = {
		{"parse_1st_frag", FRAG},
		{"stop_at_flow_label", LABEL},
		{"stop_at_encap", ENCAP},
	};
	uint32_t flags = 0, before;

	for (; *names; names += *names == ',') {
		size_t length = strcspn(names, ",");

		before = flags;
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			if (strlen(known[i].name) == length &&
			    !strncmp(known[i].name, names, length))
				flags |= known[i].flag;
		if (flags == before)
			return 0;
		names += length;
	}
	return flags;
}

static const char *directory_name(const struct directory *directory)
{
	const char *slash = strrchr(directory->path, '/');

	return slash ? slash + 1 : directory->path;
}

const struct directory *directory_find(const struct directory *parent, const char *name)
{
	const struct directory *child;
	uint32_t flags = parent == &dissect_flags ? flags_parse(name) : 0;

	for (size_t i = 0; (child = directory_at(i)); i++) {
		if (child->parent != parent)
			continue;
		if (flags ? child->flags == flags : !strcmp(directory_name(child), name))
			return child;
	}
	return NULL;
}
