// SPDX-License-Identifier: GPL-2.0-only
#include "tree_directory.h"

#include <errno.h>
#include <string.h>

const struct directory directory_root = {.path = ""};

static const struct directory *const directories[] = {
	&directory_maps,  &directory_dissect, &directory_flags,	  &directory_compare,
	&directory_load,  &directory_iters,   &directory_include, &directory_net,
	&directory_netns, &directory_process,
};

#define DIRECTORIES (sizeof(directories) / sizeof(directories[0]))

const struct directory *directory_at(size_t index)
{
	return index < DIRECTORIES ? directories[index] : NULL;
}

static const char *directory_name(const struct directory *directory)
{
	const char *slash = strrchr(directory->path, '/');

	return slash ? slash + 1 : directory->path;
}

const struct directory *directory_find(const struct directory *parent, const char *name)
{
	const struct directory *child;

	for (size_t i = 0; (child = directory_at(i)); i++)
		if (child->parent == parent && !strcmp(directory_name(child), name))
			return child;
	return NULL;
}

int directory_add(const struct entry *in, const char *name, enum entry_type type, tree_add *add,
		  void *context)
{
	size_t folder = strlen(in->path), size = strlen(name) + 1;
	char path[sizeof(in->path)];

	if (folder + 1 + size > sizeof(path))
		return 0; /* such a name can't be looked up */
	memcpy(path, in->path, folder);
	path[folder] = '/';
	memcpy(path + folder + 1, name, size);
	return add(context, path, name, type);
}

int listing_add(const struct listing *listing, const char *name, enum entry_type type)
{
	return directory_add(listing->in, name, type, listing->add, listing->context);
}

int directory_add_loaded(const struct entry *in, loaded_visit *visit, tree_add *add, void *context)
{
	struct listing listing = {in, add, context};

	return loaded_visit_all(visit, &listing);
}
