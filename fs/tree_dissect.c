// SPDX-License-Identifier: GPL-2.0-only
/* dissect/input, dissect/flags/<set>/input, and the same of each object in a folder of its own. */
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>

#include "../bpf/dissect_options.h"
#include "dissector.h"
#include "format.h"
#include "inbox.h"
#include "loaded.h"
#include "raw.h"
#include "table.h"
#include "tree_directory.h"

#define EXPLAIN "explain"
#define BEYOND	"beyond"

static const struct {
	const char *name;
	uint32_t flag;
} known[] = {
	{"parse_1st_frag", BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG},
	{"stop_at_flow_label", BPF_FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL},
	{"stop_at_encap", BPF_FLOW_DISSECTOR_F_STOP_AT_ENCAP},
	{BEYOND, DISSECT_BEYOND}, /* before those that it stands for */
	{"vxlan", DISSECT_VXLAN},
	{"geneve", DISSECT_GENEVE},
	{"gtp", DISSECT_GTP},
	{"gue", DISSECT_GUE},
	{"erspan", DISSECT_ERSPAN},
	{"nsh", DISSECT_NSH},
	{"vlan_9100", DISSECT_VLAN_9100},
};

#define KNOWN	  (sizeof(known) / sizeof(known[0]))
#define ALL_FLAGS 7 /* of BPF_FLOW_DISSECTOR_F_* */

static uint32_t flag_find(const char *name, size_t length)
{
	for (size_t i = 0; i < KNOWN; i++)
		if (strlen(known[i].name) == length && !strncmp(known[i].name, name, length))
			return known[i].flag;
	return 0;
}

/* The set that names say, separated by commas in any order; 0 for a wrong name. */
static uint32_t flags_parse(const char *names)
{
	uint32_t flags = 0, flag;

	do {
		size_t length = strcspn(names, ",");

		flag = flag_find(names, length);
		if (!flag)
			return 0;
		flags |= flag;
		names += length;
	} while (*names++);
	return flags;
}

/* The names of a set, in the order of the table. */
static void flags_print(char *out, size_t size, uint32_t flags)
{
	size_t length = 0;

	for (size_t i = 0; i < KNOWN; i++) {
		if ((flags & known[i].flag) != known[i].flag || length >= size)
			continue;
		length += (size_t)snprintf(out + length, size - length, "%s%s", length ? "," : "",
					   known[i].name);
		flags &= ~known[i].flag;
	}
}

void dissect_object(const struct entry *entry, char out[sizeof(entry->path)])
{
	const char *name = strchr(entry->path, '/') + 1, *end = strchr(name, '/');

	snprintf(out, sizeof(entry->path), "%.*s", end ? (int)(end - name) : 0, name);
	if (!end || loaded_name_reserved(out))
		strcpy(out, LOADED_BUILTIN);
}

int tree_dissectors(const struct entry *entry, struct dissectors *out)
{
	char object[sizeof(entry->path)];

	if (compare_is_in(entry))
		return compare_dissectors(entry, out);
	dissect_object(entry, object);
	out->first = loaded_dissector(object);
	return out->first ? 0 : -ENOENT;
}

/* What each folder has for its dissector and flags. */
static const char *const inputs[] = {INBOX_NAME, STREAM_NAME, EXPLAIN};

static int input_lookup(const struct entry *in, const char *name, const struct caller *caller,
			struct entry *out)
{
	struct own_table *own = own_table_find(TABLE_INBOX);
	struct dissectors dissectors = {0};

	(void)caller;
	if (tree_dissectors(out, &dissectors))
		return -ENOENT;
	dissectors_put(&dissectors);
	if (!strcmp(name, EXPLAIN) && out->format == &format_text) {
		out->type = ENTRY_TABLE;
		out->format = &format_raw;
		out->open = inbox_open_explain;
		return 0;
	}
	out->streams = !strcmp(name, STREAM_NAME);
	if (!out->streams && strcmp(name, INBOX_NAME))
		return -ENOENT;
	out->type = ENTRY_INBOX;
	out->open = out->streams ? inbox_open_stream : inbox_open_last;
	out->flags = in->flags;
	out->usage = &own->usage;
	return 0;
}

static int input_list(const struct entry *in, const struct caller *caller, tree_add *add,
		      void *context)
{
	int stop = 0;

	(void)caller;
	for (size_t i = 0; !stop && i < sizeof(inputs) / sizeof(inputs[0]); i++)
		stop = directory_add(in, inputs[i], ENTRY_TABLE, add, context);
	return stop;
}

static const struct directory one_set = {.lookup = input_lookup, .list = input_list};

static int flags_lookup(const struct entry *in, const char *name, const struct caller *caller,
			struct entry *out)
{
	size_t folder = strlen(in->path) + 1;

	(void)name, (void)caller;
	out->flags = flags_parse(out->path + folder);
	if (!out->flags)
		return -ENOENT;
	flags_print(out->path + folder, sizeof(out->path) - folder, out->flags);
	out->type = ENTRY_DIRECTORY;
	out->directory = &one_set;
	return 0;
}

/* The kernel's flags in all sets, and all options at once; other sets are there as well. */
static int flags_list(const struct entry *in, const struct caller *caller, tree_add *add,
		      void *context)
{
	char name[sizeof(in->path)];
	int stop = 0;

	(void)caller;
	for (uint32_t flags = 1; !stop && flags <= ALL_FLAGS; flags++) {
		flags_print(name, sizeof(name), flags);
		stop = directory_add(in, name, ENTRY_DIRECTORY, add, context);
	}
	return stop ? stop : directory_add(in, BEYOND, ENTRY_DIRECTORY, add, context);
}

static const struct directory object_flags = {.lookup = flags_lookup, .list = flags_list};

/* dissect/<object>/ */
static const struct {
	const char *name;
	const struct directory *directory;
} object_folders[] = {
	{"attach", &directory_attach},
	{"flags", &object_flags},
};

#define OBJECT_FOLDERS (sizeof(object_folders) / sizeof(object_folders[0]))

static int object_lookup(const struct entry *in, const char *name, const struct caller *caller,
			 struct entry *out)
{
	if (!strcmp(name, "stats"))
		return dissect_stats_lookup(out);
	for (size_t i = 0; i < OBJECT_FOLDERS; i++) {
		if (strcmp(name, object_folders[i].name) || out->format != &format_text)
			continue;
		out->type = ENTRY_DIRECTORY;
		out->directory = object_folders[i].directory;
		out->brief = true;
		return 0;
	}
	return input_lookup(in, name, caller, out);
}

static int object_list(const struct entry *in, const struct caller *caller, tree_add *add,
		       void *context)
{
	int stop = input_list(in, caller, add, context);

	if (!stop)
		stop = directory_add(in, "stats", ENTRY_TABLE, add, context);
	for (size_t i = 0; !stop && i < OBJECT_FOLDERS; i++)
		stop = directory_add(in, object_folders[i].name, ENTRY_DIRECTORY, add, context);
	return stop;
}

static const struct directory one_object = {.lookup = object_lookup, .list = object_list};

static int dissect_lookup(const struct entry *in, const char *name, const struct caller *caller,
			  struct entry *out)
{
	bool whole = out->format == &format_text; /* no suffix was cut off */
	struct dissector *dissector = whole ? loaded_dissector(name) : NULL;

	if (!dissector)
		return input_lookup(in, name, caller, out);
	dissector_put(dissector);
	out->type = ENTRY_DIRECTORY;
	out->directory = &one_object;
	out->brief = true;
	return 0;
}

static int object_visit(void *context, const char *name, const struct loaded_parts *parts)
{
	const struct listing *listing = context;

	return parts->dissector ? listing_add(listing, name, ENTRY_DIRECTORY) : 0;
}

static int dissect_list(const struct entry *in, const struct caller *caller, tree_add *add,
			void *context)
{
	int stop = input_list(in, caller, add, context);

	return stop ? stop : directory_add_loaded(in, object_visit, add, context);
}

const struct directory directory_dissect = {"dissect", &directory_root, dissect_lookup,
					    dissect_list, NULL};
const struct directory directory_flags = {"dissect/flags", &directory_dissect, flags_lookup,
					  flags_list, NULL};
