// SPDX-License-Identifier: GPL-2.0-only
/* iters/<instance>/<program>: what loaded iterators give. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "explain.h"
#include "format.h"
#include "iters.h"
#include "kernel.h"
#include "raw.h"
#include "tree_directory.h"

#define PARAMS "params"
#define PIN    ".pin"

void iters_instance(const struct entry *entry, char out[sizeof(entry->path)])
{
	strcpy(out, strchr(entry->path, '/') + 1);
	out[strcspn(out, "/")] = '\0';
}

/* The iterators of the instance that an entry is of: a reference, or NULL. */
static struct iters *iters_of(const struct entry *entry, struct iter_choice *choice)
{
	char instance[sizeof(entry->path)];

	iters_instance(entry, instance);
	return loaded_iters(instance, choice);
}

static int scope_of(const struct caller *caller, struct iter_scope *out)
{
	*out = (struct iter_scope){.pids = -1};
	out->network = kernel_network_of(caller->thread);
	return out->network < 0 ? out->network : kernel_pids_of(caller->thread, &out->pids);
}

static void scope_close(const struct iter_scope *scope)
{
	if (scope->network >= 0)
		close(scope->network);
	if (scope->pids >= 0)
		close(scope->pids);
}

static int open_program(const struct entry *entry, const struct caller *caller, struct source **out)
{
	const char *file = strrchr(entry->path, '/') + 1;
	size_t length = strlen(file) - strlen(entry->format->suffix);
	const struct iter_program *program;
	char name[sizeof(entry->path)];
	struct iter_choice choice;
	struct iters *iters = iters_of(entry, &choice);
	struct iter_scope scope;
	int error = -ENOENT;

	snprintf(name, sizeof(name), "%.*s", (int)length, file);
	program = iters ? iters_find(iters, name) : NULL;
	/* Loaded anew, it may print what it had rows for. */
	if (program && !program->schema == (entry->format == &format_raw)) {
		error = scope_of(caller, &scope);
		if (!error)
			error = iters_open(iters, program, &choice, &scope, out);
		scope_close(&scope);
	}
	iters_put(iters);
	return error;
}

/* PROGRAM.pin, a link to where the program is pinned: the program's name. */
static bool pin_name(const char *file, char *out, size_t size)
{
	size_t length = strlen(file), cut = strlen(PIN);

	if (length <= cut || length - cut >= size || strcmp(file + length - cut, PIN))
		return false;
	memcpy(out, file, length - cut);
	out[length - cut] = '\0';
	return true;
}

static int pin_lookup(const struct entry *in, const char *file, struct entry *out)
{
	char instance[sizeof(in->path)], program[sizeof(in->path)];

	iters_instance(in, instance);
	if (!pin_name(file, program, sizeof(program)))
		return -ENOENT;
	out->document = loaded_pinned(instance, program);
	out->type = ENTRY_LINK;
	out->brief = true;
	return out->document ? 0 : -ENOENT;
}

static int instance_lookup(const struct entry *in, const char *name, const struct caller *caller,
			   struct entry *out)
{
	struct iters *iters = iters_of(out, NULL);
	const struct iter_program *program = iters ? iters_find(iters, name) : NULL;
	bool whole = out->format == &format_text,
	     found = iters && (program || !strcmp(name, PARAMS));

	(void)caller;
	if (program) {
		out->type = ENTRY_TABLE;
		out->open = open_program;
		out->brief = true;
		found = whole || program->schema;
		if (!program->schema)
			out->format = &format_raw;
	} else if (found) {
		out->type = ENTRY_DIRECTORY;
		out->directory = &directory_params;
		out->brief = true;
		found = whole;
	}
	iters_put(iters);
	return found ? 0 : pin_lookup(in, strrchr(out->path, '/') + 1, out);
}

/* A program, and its pin if it has one. */
static int program_list(const struct entry *in, const char *program, tree_add *add, void *context)
{
	char instance[sizeof(in->path)], pin[64 + sizeof(PIN)];
	struct document *path;
	int stop = directory_add(in, program, ENTRY_TABLE, add, context);

	iters_instance(in, instance);
	path = stop ? NULL : loaded_pinned(instance, program);
	if (!path)
		return stop;
	document_put(path);
	snprintf(pin, sizeof(pin), "%.63s" PIN, program);
	return directory_add(in, pin, ENTRY_LINK, add, context);
}

static int instance_list(const struct entry *in, const struct caller *caller, tree_add *add,
			 void *context)
{
	struct iters *iters = iters_of(in, NULL);
	const struct iter_program *program;
	int stop = 0;

	(void)caller;
	for (size_t i = 0; iters && !stop && (program = iters_at(iters, i)); i++)
		stop = program_list(in, program->name, add, context);
	iters_put(iters);
	return stop ? stop : directory_add(in, PARAMS, ENTRY_DIRECTORY, add, context);
}

static int instance_link(const struct entry *in, const char *name, const char *target,
			 const struct caller *caller)
{
	char instance[sizeof(in->path)], program[sizeof(in->path)];

	(void)caller;
	iters_instance(in, instance);
	if (!pin_name(name, program, sizeof(program)))
		return explain(-EINVAL, "ln -s /sys/fs/bpf/NAME PROGRAM" PIN,
			       "a pin can't be called %.100s", name);
	if (target[0] != '/')
		return explain(-EINVAL, "write the whole path", "%.100s is no whole path", target);
	return loaded_pin(instance, program, target);
}

static int instance_remove(const struct entry *in, const char *name)
{
	char instance[sizeof(in->path)], program[sizeof(in->path)];

	iters_instance(in, instance);
	return pin_name(name, program, sizeof(program)) ? loaded_unpin(instance, program) : -EPERM;
}

static const struct directory_changes instance_changes = {.link = instance_link,
							  .remove = instance_remove};
static const struct directory one_instance = {
	.lookup = instance_lookup, .list = instance_list, .changes = &instance_changes};

static int iters_lookup(const struct entry *in, const char *name, const struct caller *caller,
			struct entry *out)
{
	struct iters *iters = loaded_iters(name, NULL);

	(void)in, (void)caller;
	if (!iters || out->format != &format_text) {
		iters_put(iters);
		return -ENOENT;
	}
	iters_put(iters);
	out->type = ENTRY_DIRECTORY;
	out->directory = &one_instance;
	out->brief = true;
	return 0;
}

static int iters_visit(void *context, const char *name, const struct loaded_parts *parts)
{
	const struct listing *listing = context;
	char instance[LOADED_INSTANCE_MOST + 1];
	int stop = 0;

	if (!parts->iters)
		return 0;
	for (size_t i = 0; !stop && loaded_instance_at(name, i, instance, sizeof(instance)); i++)
		stop = listing_add(listing, instance, ENTRY_DIRECTORY);
	return stop;
}

static int iters_list(const struct entry *in, const struct caller *caller, tree_add *add,
		      void *context)
{
	(void)caller;
	return directory_add_loaded(in, iters_visit, add, context);
}

static int iters_make(const struct entry *in, const char *name)
{
	(void)in;
	return loaded_instance_add(name);
}

static int iters_unmake(const struct entry *in, const char *name)
{
	(void)in;
	return loaded_instance_remove(name);
}

static const struct directory_changes changes = {.make = iters_make, .unmake = iters_unmake};

const struct directory directory_iters = {"iters", &directory_root, iters_lookup, iters_list,
					  &changes};
