// SPDX-License-Identifier: GPL-2.0-only
/* net/ of the reader's network namespace, and netns/<name>/ of others. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"
#include "network_find.h"
#include "table.h"
#include "tree_directory.h"
#include "view.h"

static int open_in(const struct entry *entry, const struct caller *caller, int network,
		   struct source **out)
{
	struct view_scope scope = {.network = network};
	int error;

	if (network < 0)
		return network;
	error = entry->own ? entry->own->open_network(network, out)
			   : entry_open_view(entry, caller, &scope, out);
	close(network);
	return error;
}

int network_open_readers(const struct entry *entry, const struct caller *caller,
			 struct source **out)
{
	return open_in(entry, caller, kernel_network_of(caller->thread), out);
}

/* netns/NAME/..., of which NAME goes to out. */
static void name_of(const struct entry *entry, char out[sizeof(entry->path)])
{
	snprintf(out, sizeof(entry->path), "%s", strchr(entry->path, '/') + 1);
	out[strcspn(out, "/")] = '\0';
}

/* A name in /run/netns comes before a number. */
static int network_open(const char *name)
{
	int network = kernel_network_named(name);
	uint32_t number = network_number(name);

	if (network != -ENOENT || !number)
		return network;
	network = network_find(number);
	if (network != -ENOENT)
		return network;
	return explain(network, "tasks, threads and sockets have those there are",
		       "no network namespace has the number %u", number);
}

static int open_named(const struct entry *entry, const struct caller *caller, struct source **out)
{
	char name[sizeof(entry->path)];

	name_of(entry, name);
	return open_in(entry, caller, network_open(name), out);
}

static int network_lookup(const struct entry *in, const char *name, const struct caller *caller,
			  struct entry *out)
{
	char path[sizeof(out->path) + 4];

	(void)in, (void)caller;
	snprintf(path, sizeof(path), "net/%s", name);
	if (!entry_set_view(out, path) && !entry_set_fixed(out, path))
		return -ENOENT;
	out->open = open_named;
	return 0;
}

static int network_list(const struct entry *in, const struct caller *caller, tree_add *add,
			void *context)
{
	const struct own_table *own;
	int stop = 0;

	(void)caller;
	for (size_t i = 0; !stop && (own = own_table_at(i)); i++)
		if (own->open_network)
			stop = directory_add(in, own->path + 4, ENTRY_TABLE, add, context);
	for (size_t i = 0; !stop && i < view_count; i++)
		if (!strncmp(view_definitions[i].path, "net/", 4) && !view_is_absent(view_at(i)))
			stop = directory_add(in, view_definitions[i].path + 4, ENTRY_TABLE, add,
					     context);
	return stop;
}

static const struct directory one_network = {NULL, &directory_netns, network_lookup, network_list};

static int networks_lookup(const struct entry *in, const char *name, const struct caller *caller,
			   struct entry *out)
{
	const char *whole = strrchr(out->path, '/') + 1;
	int network;

	(void)in, (void)name, (void)caller;
	/* Whether there is such a number is found out when a table is opened: it takes time. */
	if (!network_number(whole)) {
		network = kernel_network_named(whole);
		if (network < 0)
			return network;
		close(network);
	}
	out->type = ENTRY_DIRECTORY;
	out->directory = &one_network;
	return 0;
}

static int networks_list(const struct entry *in, const struct caller *caller, tree_add *add,
			 void *context)
{
	DIR *named = opendir("/run/netns");
	struct dirent *name;
	int stop = 0;

	(void)caller;
	while (named && !stop && (name = readdir(named)))
		if (name->d_name[0] != '.')
			stop = directory_add(in, name->d_name, ENTRY_DIRECTORY, add, context);
	if (named)
		closedir(named);
	return stop;
}

const struct directory directory_net = {"net", &directory_root, NULL, NULL};
const struct directory directory_netns = {"netns", &directory_root, networks_lookup, networks_list};
