// SPDX-License-Identifier: GPL-2.0-only
/* dissect/compare/<first>,<second>/input, of any two dissectors there are. */
#include <errno.h>
#include <string.h>

#include "dissector.h"
#include "inbox.h"
#include "format.h"
#include "loaded.h"
#include "table.h"
#include "tree_directory.h"

#define FOLDER "dissect/compare/"

bool compare_is_in(const struct entry *entry)
{
	return !strncmp(entry->path, FOLDER, strlen(FOLDER));
}

int compare_dissectors(const struct entry *entry, struct dissectors *out)
{
	char pair[sizeof(entry->path)], *second = pair;
	const char *first;

	strcpy(pair, entry->path + strlen(FOLDER));
	pair[strcspn(pair, "/")] = '\0';
	first = strsep(&second, ",");
	if (!second)
		return -ENOENT;
	out->first = loaded_dissector(first);
	out->second = loaded_dissector(second);
	out->kernel = loaded_dissector(LOADED_BUILTIN);
	if (out->first && out->second && out->kernel)
		return 0;
	dissectors_put(out);
	*out = (struct dissectors){0};
	return -ENOENT;
}

static int pair_lookup(const struct entry *in, const char *name, const struct caller *caller,
		       struct entry *out)
{
	(void)in, (void)caller;
	if (strcmp(name, INBOX_NAME))
		return -ENOENT;
	out->type = ENTRY_INBOX;
	out->open = inbox_open_last;
	out->usage = &own_table_find(TABLE_COMPARE)->usage;
	return 0;
}

static int pair_list(const struct entry *in, const struct caller *caller, tree_add *add,
		     void *context)
{
	(void)caller;
	return directory_add(in, INBOX_NAME, ENTRY_INBOX, add, context);
}

static const struct directory one_pair = {.lookup = pair_lookup, .list = pair_list};

static int compare_lookup(const struct entry *in, const char *name, const struct caller *caller,
			  struct entry *out)
{
	struct dissectors dissectors = {0};

	(void)in, (void)name, (void)caller;
	if (out->format != &format_text || compare_dissectors(out, &dissectors))
		return -ENOENT;
	dissectors_put(&dissectors);
	out->type = ENTRY_DIRECTORY;
	out->directory = &one_pair;
	out->brief = true;
	return 0;
}

static int compare_visit(void *context, const char *name, const struct loaded_parts *parts)
{
	const struct listing *listing = context;
	char pair[sizeof(LOADED_BUILTIN ",") + LOADED_NAME_MOST] = LOADED_BUILTIN ",";

	if (!parts->dissector || !strcmp(name, LOADED_BUILTIN))
		return 0;
	strcat(pair, name);
	return listing_add(listing, pair, ENTRY_DIRECTORY);
}

/* Each with the built-in one; other pairs are there as well. */
static int compare_list(const struct entry *in, const struct caller *caller, tree_add *add,
			void *context)
{
	(void)caller;
	return directory_add_loaded(in, compare_visit, add, context);
}

const struct directory directory_compare = {"dissect/compare", &directory_dissect, compare_lookup,
					    compare_list, NULL};
