// SPDX-License-Identifier: GPL-2.0-only
/* load/: NAME.bpf.o, which is loaded when it is written, and NAME.log. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "explain.h"
#include "inbox_last.h"
#include "loaded.h"
#include "tree_directory.h"

#define OBJECT ".bpf.o"
#define LOG    ".log"

#define NAME_SIZE (LOADED_NAME_MOST + 1)

/* Whether the file name is a name with that suffix, and which. */
static bool name_of(const char *file, const char *suffix, char out[NAME_SIZE])
{
	size_t length = strlen(file), cut = strlen(suffix);

	if (length <= cut || length - cut >= NAME_SIZE || strcmp(file + length - cut, suffix))
		return false;
	memcpy(out, file, length - cut);
	out[length - cut] = '\0';
	return loaded_name_valid(out);
}

static int object_name(const char *file, char out[NAME_SIZE])
{
	if (!name_of(file, OBJECT, out))
		return explain(-EINVAL, "call it NAME" OBJECT ", NAME of letters, digits, _ and -",
			       "an object can't be called %.100s", file);
	if (tree_dissect_reserved(out))
		return explain(-EEXIST, "give it another name", "dissect/%s is not an object's",
			       out);
	return 0;
}

static void forget_results(const char *name)
{
	char folder[NAME_SIZE + 16];

	snprintf(folder, sizeof(folder), "dissect/%s/", name);
	inbox_last_forget(folder);
}

static int load_lookup(const struct entry *in, const char *name, const struct caller *caller,
		       struct entry *out)
{
	const char *file = out->path + strlen(in->path) + 1;
	char object[NAME_SIZE];

	(void)name, (void)caller;
	if (name_of(file, OBJECT, object)) {
		out->document = loaded_object(object);
		out->stored = true;
		out->directory = in->directory;
	} else if (name_of(file, LOG, object)) {
		out->document = loaded_log(object);
	}
	out->type = ENTRY_DOCUMENT;
	out->brief = true;
	return out->document ? 0 : -ENOENT;
}

static int load_visit(void *context, const char *name, const struct loaded_parts *parts)
{
	const struct listing *listing = context;
	char file[NAME_SIZE + sizeof(OBJECT)];
	int stop = 0;

	snprintf(file, sizeof(file), "%s" OBJECT, name);
	if (parts->object)
		stop = listing_add(listing, file, ENTRY_DOCUMENT);
	snprintf(file, sizeof(file), "%s" LOG, name);
	if (parts->log && !stop)
		stop = listing_add(listing, file, ENTRY_DOCUMENT);
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
	int error = object_name(name, object);

	out->type = ENTRY_DOCUMENT;
	out->brief = true;
	out->stored = true;
	out->directory = in->directory;
	return error;
}

static int load_store(const struct entry *entry, struct buffer *bytes)
{
	char object[NAME_SIZE];
	int error = object_name(strrchr(entry->path, '/') + 1, object);

	if (!error)
		error = loaded_load(object, bytes);
	if (!error)
		forget_results(object);
	return error;
}

static int load_remove(const struct entry *in, const char *name)
{
	char object[NAME_SIZE];
	int error;

	(void)in;
	if (name_of(name, LOG, object))
		return loaded_remove_log(object);
	if (!name_of(name, OBJECT, object))
		return -ENOENT;
	error = loaded_remove(object);
	if (!error)
		forget_results(object);
	return error;
}

static int load_rename(const struct entry *in, const char *name, const char *to)
{
	char object[NAME_SIZE], other[NAME_SIZE];
	int error;

	(void)in;
	if (!name_of(name, OBJECT, object))
		return explain(-EINVAL, "", "%.100s is renamed with its object", name);
	error = object_name(to, other);
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
