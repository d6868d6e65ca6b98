// SPDX-License-Identifier: GPL-2.0-only
/* load/: NAME.bpf.o, loaded when it is written, NAME.bpf.c, compiled to it before, and NAME.log. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "explain.h"
#include "inbox_last.h"
#include "loaded.h"
#include "tree_directory.h"

#define NAME_SIZE (LOADED_NAME_MOST + 1)

static void forget_results(const char *name)
{
	char folder[NAME_SIZE + 16];

	snprintf(folder, sizeof(folder), "dissect/%s/", name);
	inbox_last_forget(folder);
	inbox_last_forget("dissect/compare/");
}

static int load_lookup(const struct entry *in, const char *name, const struct caller *caller,
		       struct entry *out)
{
	const char *file = out->path + strlen(in->path) + 1;
	char object[NAME_SIZE];

	(void)name, (void)caller;
	if (loaded_file_is(file, LOADED_OBJECT, object)) {
		out->document = loaded_object(object);
		out->stored = true;
		out->directory = in->directory;
	} else if (loaded_file_is(file, LOADED_SOURCE, object)) {
		out->document = loaded_source(object);
		out->stored = true;
		out->directory = in->directory;
	} else if (loaded_file_is(file, LOADED_LOG, object)) {
		out->document = loaded_log(object);
	}
	out->type = ENTRY_DOCUMENT;
	out->brief = true;
	return out->document ? 0 : -ENOENT;
}

static int load_visit(void *context, const char *name, const struct loaded_parts *parts)
{
	const struct listing *listing = context;
	const struct {
		bool there;
		const char *suffix;
	} files[] = {
		{parts->source, LOADED_SOURCE},
		{parts->object, LOADED_OBJECT},
		{parts->log, LOADED_LOG},
	};
	char file[NAME_SIZE + sizeof(LOADED_OBJECT)];
	int stop = 0;

	for (size_t i = 0; !stop && i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(file, sizeof(file), "%s%s", name, files[i].suffix);
		if (files[i].there)
			stop = listing_add(listing, file, ENTRY_DOCUMENT);
	}
	return stop;
}

static int load_list(const struct entry *in, const struct caller *caller, tree_add *add,
		     void *context)
{
	(void)caller;
	return directory_add_loaded(in, load_visit, add, context);
}

static int load_create(const struct entry *in, const char *name, struct entry *out)
{
	char object[NAME_SIZE];
	bool source;
	int error = loaded_file_name(name, object, &source);

	out->type = ENTRY_DOCUMENT;
	out->brief = true;
	out->stored = true;
	out->directory = in->directory;
	return error;
}

static int load_store(const struct entry *entry, struct buffer *bytes)
{
	char object[NAME_SIZE];
	bool source;
	int error = loaded_file_name(strrchr(entry->path, '/') + 1, object, &source);

	if (!error)
		error = (source ? loaded_compile : loaded_load)(object, bytes);
	if (!error)
		forget_results(object);
	return error;
}

static int load_remove(const struct entry *in, const char *name)
{
	char object[NAME_SIZE];
	int error;

	(void)in;
	if (loaded_file_is(name, LOADED_LOG, object))
		return loaded_remove_log(object);
	if (loaded_file_is(name, LOADED_SOURCE, object))
		return loaded_remove_source(object);
	if (!loaded_file_is(name, LOADED_OBJECT, object))
		return -ENOENT;
	error = loaded_remove(object);
	if (!error)
		forget_results(object);
	return error;
}

static int load_rename(const struct entry *in, const char *name, const char *to)
{
	char object[NAME_SIZE], other[NAME_SIZE];
	bool source;
	int error;

	(void)in;
	if (!loaded_file_is(name, LOADED_OBJECT, object))
		return explain(-EINVAL, "", "%.100s is renamed with its object", name);
	error = loaded_file_name(to, other, &source);
	if (!error && source)
		error = explain(-EINVAL, "", "an object does not become a source");
	if (!error)
		error = loaded_rename(object, other);
	if (!error)
		forget_results(object);
	return error;
}

static const struct directory_changes changes = {
	.create = load_create,
	.store = load_store,
	.remove = load_remove,
	.rename = load_rename,
};

const struct directory directory_load = {"load", &directory_root, load_lookup, load_list, &changes};
