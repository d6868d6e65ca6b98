// SPDX-License-Identifier: GPL-2.0-only
#include "tree.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "failures.h"
#include "format.h"
#include "inbox.h"
#include "kernel.h"
#include "tree_directory.h"
#include "view.h"

static int open_status(const struct entry *entry, const struct caller *caller, struct source **out)
{
	(void)entry, (void)caller;
	return views_status(out);
}

static int open_failures(const struct entry *entry, const struct caller *caller,
			 struct source **out)
{
	(void)entry, (void)caller;
	return failures_source(out);
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

/* The files that are always there; an inbox also is in each directory of dissect/flags. */
static const struct fixed {
	const char *path;
	enum entry_type type;
	int (*open)(const struct entry *entry, const struct caller *caller, struct source **out);
} fixed_files[] = {
	{"README", ENTRY_TEXT, NULL},
	{"status", ENTRY_TABLE, open_status},
	{"errors", ENTRY_TABLE, open_failures},
	{"dissect/input", ENTRY_INBOX, inbox_open_last},
};

#define FIXED_FILES (sizeof(fixed_files) / sizeof(fixed_files[0]))

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

static bool entry_set_fixed(struct entry *entry, const char *path)
{
	for (size_t i = 0; i < FIXED_FILES; i++) {
		if (strcmp(fixed_files[i].path, path))
			continue;
		entry->type = fixed_files[i].type;
		entry->open = fixed_files[i].open;
		return entry->type != ENTRY_TEXT || entry->format == &format_text;
	}
	return false;
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

static int join(char *path, size_t size, const char *folder, const char *name)
{
	int length = snprintf(path, size, "%s%s%s", folder, folder[0] ? "/" : "", name);

	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
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
	if (join(out->path, sizeof(out->path), in->path, name))
		return -ENOENT;
	out->directory = directory_find(directory, name);
	if (out->directory) {
		out->type = ENTRY_DIRECTORY;
		snprintf(out->path, sizeof(out->path), "%s", out->directory->path);
		return 0;
	}
	memcpy(path, out->path, sizeof(path));
	out->format = name_format(path);
	out->flags = directory->flags;
	if (entry_set_fixed(out, path) || entry_set_view(out, path))
		return 0;
	if (!directory->lookup)
		return -ENOENT;
	return directory->lookup(in, path + strlen(in->path) + 1, caller, out);
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

/* What the tables hold: the fixed files, the views, the directories. */
static int list_tables(const struct directory *directory, tree_add *add, void *context)
{
	const struct directory *child;
	const char *name;
	int stop = 0;

	for (size_t i = 0; !stop && i < FIXED_FILES; i++)
		if ((name = name_within(directory, fixed_files[i].path)))
			stop = add(context, fixed_files[i].path, name, false);
	for (size_t i = 0; !stop && i < view_count; i++)
		if (!view_is_absent(view_at(i)) &&
		    (name = name_within(directory, view_definitions[i].path)))
			stop = add(context, view_definitions[i].path, name, false);
	for (size_t i = 0; !stop && (child = directory_at(i)); i++)
		if (child->parent == directory && (name = name_within(directory, child->path)))
			stop = add(context, child->path, name, true);
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
