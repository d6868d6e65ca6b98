// SPDX-License-Identifier: GPL-2.0-only
/* dissect/<object>/attach/: links to the network namespaces that it works in; and its stats. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dissector.h"
#include "dissector_stats.h"
#include "explain.h"
#include "kernel.h"
#include "loaded.h"
#include "table.h"
#include "tree_directory.h"

#define NAME_SIZE 256

static int attach_lookup(const struct entry *in, const char *name, const struct caller *caller,
			 struct entry *out)
{
	char object[sizeof(in->path)];

	(void)name, (void)caller;
	dissect_object(in, object);
	out->document = loaded_attachment(object, out->path + strlen(in->path) + 1);
	out->type = ENTRY_LINK;
	return out->document ? 0 : -ENOENT;
}

static int attach_list(const struct entry *in, const struct caller *caller, tree_add *add,
		       void *context)
{
	char object[sizeof(in->path)], name[NAME_SIZE];
	int stop = 0;

	(void)caller;
	dissect_object(in, object);
	loaded_attachments(object); /* those that are gone are dropped */
	for (size_t i = 0; !stop && loaded_attachment_at(object, i, name, sizeof(name)); i++)
		stop = directory_add(in, name, ENTRY_LINK, add, context);
	return stop;
}

static int attach_link(const struct entry *in, const char *name, const char *target,
		       const struct caller *caller)
{
	char object[sizeof(in->path)];
	int network = kernel_network_path(caller->thread, target), error;

	if (network < 0)
		return network;
	dissect_object(in, object);
	error = loaded_attach(object, name, target, network);
	close(network);
	return error;
}

static int attach_remove(const struct entry *in, const char *name)
{
	char object[sizeof(in->path)];

	dissect_object(in, object);
	return loaded_detach(object, name);
}

static const struct directory_changes changes = {.remove = attach_remove, .link = attach_link};

const struct directory directory_attach = {
	.lookup = attach_lookup,
	.list = attach_list,
	.changes = &changes,
};

static int stats_open(const struct entry *entry, const struct caller *caller, struct source **out)
{
	char object[sizeof(entry->path)];
	struct dissector *dissector;
	int error;

	(void)caller;
	dissect_object(entry, object);
	dissector = loaded_dissector(object);
	if (!dissector)
		return -ENOENT;
	error = dissector_stats_source(dissector, loaded_attachments(object), out);
	dissector_put(dissector);
	return error;
}

int dissect_stats_lookup(struct entry *out)
{
	out->type = ENTRY_TABLE;
	out->open = stats_open;
	out->usage = &own_table_find(TABLE_STATS)->usage;
	return 0;
}
