// SPDX-License-Identifier: GPL-2.0-only
/* dissect/flags/<set>/input */
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>

#include "../bpf/dissect_options.h"
#include "inbox.h"
#include "tree_directory.h"

#define BEYOND "beyond"

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

static int set_lookup(const struct entry *in, const char *name, const struct caller *caller,
		      struct entry *out)
{
	(void)caller;
	if (strcmp(name, "input"))
		return -ENOENT;
	out->type = ENTRY_INBOX;
	out->open = inbox_open_last;
	out->flags = in->flags;
	return 0;
}

static int set_list(const struct entry *in, const struct caller *caller, tree_add *add,
		    void *context)
{
	(void)caller;
	return directory_add(in, "input", false, add, context);
}

static const struct directory one_set = {NULL, &directory_flags, set_lookup, set_list};

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
		stop = directory_add(in, name, true, add, context);
	}
	return stop ? stop : directory_add(in, BEYOND, true, add, context);
}

const struct directory directory_dissect = {"dissect", &directory_root, NULL, NULL};
const struct directory directory_flags = {"dissect/flags", &directory_dissect, flags_lookup,
					  flags_list};
