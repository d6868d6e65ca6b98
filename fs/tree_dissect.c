// SPDX-License-Identifier: GPL-2.0-only
/* dissect/flags/<set>/input */
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>

#include "inbox.h"
#include "tree_directory.h"

static int flags_lookup(const struct entry *in, const char *name, const struct caller *caller,
			struct entry *out)
{
	(void)in, (void)caller;
	if (strcmp(name, "input"))
		return -ENOENT;
	out->type = ENTRY_INBOX;
	out->open = inbox_open_last;
	return 0;
}

static int flags_list(const struct entry *in, const struct caller *caller, tree_add *add,
		      void *context)
{
	(void)caller;
	return directory_add(in, "input", false, add, context);
}

enum {
	FRAG = BPF_FLOW_DISSECTOR_F_PARSE_1ST_FRAG,
	LABEL = BPF_FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL,
	ENCAP = BPF_FLOW_DISSECTOR_F_STOP_AT_ENCAP,
};

const struct directory directory_dissect = {"dissect", &directory_root, NULL, NULL, 0};
const struct directory directory_flags = {"dissect/flags", &directory_dissect, NULL, NULL, 0};

static const struct directory flag_sets[] = {
	{"dissect/flags/parse_1st_frag", &directory_flags, flags_lookup, flags_list, FRAG},
	{"dissect/flags/stop_at_flow_label", &directory_flags, flags_lookup, flags_list, LABEL},
	{"dissect/flags/parse_1st_frag,stop_at_flow_label", &directory_flags, flags_lookup,
	 flags_list, FRAG | LABEL},
	{"dissect/flags/stop_at_encap", &directory_flags, flags_lookup, flags_list, ENCAP},
	{"dissect/flags/parse_1st_frag,stop_at_encap", &directory_flags, flags_lookup, flags_list,
	 FRAG | ENCAP},
	{"dissect/flags/stop_at_flow_label,stop_at_encap", &directory_flags, flags_lookup,
	 flags_list, LABEL | ENCAP},
	{"dissect/flags/parse_1st_frag,stop_at_flow_label,stop_at_encap", &directory_flags,
	 flags_lookup, flags_list, FRAG | LABEL | ENCAP},
};

#define FLAG_SETS (sizeof(flag_sets) / sizeof(flag_sets[0]))

const struct directory *flag_set_at(size_t index)
{
	return index < FLAG_SETS ? &flag_sets[index] : NULL;
}

/* The set that names say, separated by commas in any order; 0 for a wrong name. */
uint32_t flags_parse(const char *names)
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
