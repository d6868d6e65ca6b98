// SPDX-License-Identifier: GPL-2.0-only
#include "tree.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "format.h"
#include "kernel.h"
#include "readme.h"
#include "table.h"
#include "tree_directory.h"
#include "view.h"

static int open_own(const struct entry *entry, const struct caller *caller, struct source **out)
{
	(void)caller;
	return entry->own->open(out);
}

int entry_open_view(const struct entry *entry, const struct caller *caller,
		    struct view_scope *scope, struct source **out)
{
	int error = kernel_pids_of(caller->thread, &scope->pids);

	if (!error)
		error = view_open(entry->view, scope, out);
	if (scope->pids >= 0)
		close(scope->pids);
	return error;
}

static int open_view(const struct entry *entry, const struct caller *caller, struct source **out)
{
	struct view_scope scope = {.network = -1};

	return entry_open_view(entry, caller, &scope, out);
}

#define README "README"

/* Cuts ".json" or ".csv" off a name, unless nothing else is left. */
static const struct format *name_format(char *name)
{
	static const struct format *const formats[] = {&format_json, &format_csv};
	size_t length = strlen(name);

	for (size_t i = 0; i < 2; i++) {
		size_t suffix = strlen(formats[i]->suffix);

		if (length > suffix && !strcmp(name + length - suffix, formats[i]->suffix)) {
			name[length - suffix] = '\0';
			return formats[i];
		}
	}
	return &format_text;
}

/* The files that are always there. */
bool entry_set_fixed(struct entry *entry, const char *path)
{
	struct own_table *own = own_table_find(path);

	if (!strcmp(path, README) && entry->format == &format_text) {
		entry->type = ENTRY_DOCUMENT;
		entry->document = document_get(readme_document());
		return true;
	}
	if (!own || (!own->open && !own->open_network))
		return false;
	entry->type = ENTRY_TABLE;
	entry->open = own->open ? open_own : network_open_readers;
	entry->own = own;
	entry->usage = &own->usage;
	return true;
}

bool entry_set_view(struct entry *entry, const char *path)
{
	entry->view = view_find(path);
	if (!entry->view)
		return false;
	entry->type = ENTRY_TABLE;
	entry->open = strncmp(path, "net/", 4) ? open_view : network_open_readers;
	entry->usage = &entry->view->usage;
	return true;
}

int entry_join(struct entry *out, const struct entry *in, const char *name)
{
	int length = snprintf(out->path, sizeof(out->path), "%s%s%s", in->path,
			      in->path[0] ? "/" : "", name);

	return length < 0 || (size_t)length >= sizeof(out->path) ? -ENAMETOOLONG : 0;
}

void tree_root(struct entry *out)
{
	*out = (struct entry){.type = ENTRY_DIRECTORY, .directory = &directory_root};
}

int tree_lookup(const struct entry *in, const char *name, const struct caller *caller,
		struct entry *out)
{
	const struct directory *directory = in->directory;
	char path[sizeof(out->path)];

	memset(out, 0, sizeof(*out));
	if (entry_join(out, in, name))
		return -ENOENT;
	out->directory = directory_find(directory, name);
	if (out->directory) {
		out->type = ENTRY_DIRECTORY;
		snprintf(out->path, sizeof(out->path), "%s", out->directory->path);
		return 0;
	}
	memcpy(path, out->path, sizeof(path));
	out->format = name_format(path);
	if (entry_set_fixed(out, path) || entry_set_view(out, path))
		return 0;
	if (!directory->lookup)
		return -ENOENT;
	return directory->lookup(in, path + strlen(in->path) + 1, caller, out);
}

void entry_put(struct entry *entry)
{
	document_put(entry->document);
}

/* The name of path within directory, or NULL when it isn't right in there. */
static const char *name_within(const struct directory *directory, const char *path)
{
	size_t length = strlen(directory->path);

	if (length) {
		if (strncmp(path, directory->path, length) || path[length] != '/')
			return NULL;
		path += length + 1;
	}
	return strchr(path, '/') ? NULL : path;
}

static int list_fixed(const struct directory *directory, tree_add *add, void *context)
{
	const struct own_table *own;
	struct entry entry = {0};
	const char *name;
	int stop = 0;

	if ((name = name_within(directory, README)))
		stop = add(context, README, name, ENTRY_TABLE);
	for (size_t i = 0; !stop && (own = own_table_at(i)); i++)
		if (entry_set_fixed(&entry, own->path) &&
		    (name = name_within(directory, own->path)))
			stop = add(context, own->path, name, ENTRY_TABLE);
	return stop;
}

/* The fixed files, the views, the directories. */
static int list_tables(const struct directory *directory, tree_add *add, void *context)
{
	int stop = list_fixed(directory, add, context);
	const struct directory *child;
	const char *name;

	for (size_t i = 0; !stop && i < view_count; i++)
		if (!view_is_absent(view_at(i)) &&
		    (name = name_within(directory, view_definitions[i].path)))
			stop = add(context, view_definitions[i].path, name, ENTRY_TABLE);
	for (size_t i = 0; !stop && (child = directory_at(i)); i++)
		if (child->parent == directory && (name = name_within(directory, child->path)))
			stop = add(context, child->path, name, ENTRY_DIRECTORY);
	return stop;
}

int tree_list(const struct entry *in, const struct caller *caller, tree_add *add, void *context)
{
	const struct directory *directory = in->directory;
	int stop = directory->path ? list_tables(directory, add, context) : 0;

	if (!stop && directory->list)
		stop = directory->list(in, caller, add, context);
	return stop;
}

/* FNV-1a */
uint64_t tree_inode(const char *path)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *path; path++)
		hash = (hash ^ (unsigned char)*path) * 0x100000001b3;
	return hash;
}
