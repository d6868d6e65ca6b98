// SPDX-License-Identifier: GPL-2.0-only
#include "tree.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "failures.h"
#include "format.h"
#include "inbox.h"
#include "tree_directory.h"
#include "view.h"

/* The files that are always there; an inbox also is in each directory of dissect/flags. */
static const struct fixed {
	const char *path;
	enum entry_type type;
	int (*open)(const struct entry *entry, uid_t user, struct source **out);
} fixed_files[] = {
	{"README", ENTRY_TEXT, NULL},
	{"status", ENTRY_TABLE, tree_open_status},
	{"errors", ENTRY_TABLE, tree_open_failures},
	{"dissect/input", ENTRY_INBOX, inbox_open_last},
};

#define FIXED_FILES (sizeof(fixed_files) / sizeof(fixed_files[0]))

int tree_open_status(const struct entry *entry, uid_t user, struct source **out)
{
	(void)entry, (void)user;
	return views_status(out);
}

int tree_open_failures(const struct entry *entry, uid_t user, struct source **out)
{
	(void)entry, (void)user;
	return failures_source(out);
}

static int open_view(const struct entry *entry, uid_t user, struct source **out)
{
	(void)user;
	return view_open(entry->view, out);
}

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

static bool entry_set_view(struct entry *entry, const char *path)
{
	entry->view = view_find(path);
	if (!entry->view)
		return false;
	entry->type = ENTRY_TABLE;
	entry->open = open_view;
	entry->usage = &entry->view->usage;
	return true;
}

static int join(char *path, size_t size, const struct directory *directory, const char *name)
{
	const char *slash = directory->path[0] ? "/" : "";
	int length = snprintf(path, size, "%s%s%s", directory->path, slash, name);

	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}

int tree_lookup(const struct directory *directory, const char *name, struct entry *out)
{
	char path[sizeof(out->path)];

	memset(out, 0, sizeof(*out));
	if (join(out->path, sizeof(out->path), directory, name))
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
	return directory->lookup(path + strlen(directory->path) + 1, out);
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

int tree_list(const struct directory *directory, tree_add *add, void *context)
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
	if (!stop && directory->list)
		stop = directory->list(directory, add, context);
	return stop;
}

const char *tree_path(const struct directory *directory)
{
	return directory->path;
}

const struct directory *tree_parent(const struct directory *directory)
{
	return directory->parent ? directory->parent : &tree_root;
}

/* FNV-1a */
uint64_t tree_inode(const char *path)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *path; path++)
		hash = (hash ^ (unsigned char)*path) * 0x100000001b3;
	return hash;
}
