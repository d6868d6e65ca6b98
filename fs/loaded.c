// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "dissector.h"
#include "document.h"
#include "explain.h"
#include "load.h"
#include "loaded_inside.h"
#include "object.h"

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER; /* one object at a time */
pthread_mutex_t loaded_lock = PTHREAD_MUTEX_INITIALIZER;
static LIST_HEAD(, loaded) all; /* by their names */

struct loaded *loaded_find(const char *name)
{
	struct loaded *loaded;

	LIST_FOREACH(loaded, &all, link)
	{
		if (!strcmp(loaded->name, name))
			return loaded;
	}
	return NULL;
}

static void insert(struct loaded *loaded)
{
	struct loaded *at = LIST_FIRST(&all), *after = NULL;

	for (; at && strcmp(at->name, loaded->name) < 0; at = LIST_NEXT(at, link))
		after = at;
	if (after)
		LIST_INSERT_AFTER(after, loaded, link);
	else
		LIST_INSERT_HEAD(&all, loaded, link);
}

static struct loaded *find_or_make(const char *name)
{
	struct loaded *loaded = loaded_find(name);

	if (loaded)
		return loaded;
	loaded = calloc(1, sizeof(*loaded));
	if (!loaded)
		return NULL;
	strcpy(loaded->name, name);
	insert(loaded);
	return loaded;
}

static void loaded_free(struct loaded *loaded)
{
	LIST_REMOVE(loaded, link);
	attachments_remove_all(&loaded->attachments);
	dissector_put(loaded->dissector);
	document_put(loaded->object);
	document_put(loaded->log);
	free(loaded);
}

int loaded_init(void)
{
	struct loaded *builtin = find_or_make(LOADED_BUILTIN);

	if (builtin)
		builtin->dissector =
			dissector_create(object_find("dissect"), object_find("dissect_batch"),
					 object_find("dissect_live"));
	return builtin && builtin->dissector ? 0 : -ENOMEM;
}

void loaded_free_all(void)
{
	while (LIST_FIRST(&all))
		loaded_free(LIST_FIRST(&all));
}

bool loaded_name_valid(const char *name)
{
	size_t length = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789_-");

	return length && length <= LOADED_NAME_MOST && !name[length];
}

/* Puts what was loaded in its place; what was there before is left in the arguments. */
static int replace(const char *name, bool failed, struct dissector **dissector,
		   struct document **object, struct document **log)
{
	struct loaded *loaded;
	int error = 0;

	pthread_mutex_lock(&loaded_lock);
	loaded = find_or_make(name);
	if (!loaded)
		error = -ENOMEM;
	else if (*dissector)
		error = attachments_update(&loaded->attachments, dissector_live(*dissector));
	if (!error) {
		struct loaded before = *loaded;

		loaded->failed = failed;
		loaded->log = *log;
		*log = before.log;
		if (*dissector) {
			loaded->dissector = *dissector;
			loaded->object = *object;
			*dissector = before.dissector;
			*object = before.object;
		}
	}
	pthread_mutex_unlock(&loaded_lock);
	return error;
}

int loaded_load(const char *name, struct buffer *bytes)
{
	struct document *object = document_create(bytes), *log = NULL;
	struct dissector *dissector = NULL;
	int error, kept;

	if (!object)
		return -ENOMEM;
	pthread_mutex_lock(&loading);
	error = load_dissector(name, object, &dissector, &log);
	kept = replace(name, error, &dissector, &object, &log);
	pthread_mutex_unlock(&loading);
	dissector_put(dissector);
	document_put(object);
	document_put(log);
	return error ? error : kept;
}

int loaded_remove(const char *name)
{
	struct loaded *loaded;
	int error = 0;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(name);
	if (!loaded || !loaded->object)
		error = -ENOENT;
	else if (attachments_count(&loaded->attachments))
		error = explain(-EBUSY, "detach it first: rm dissect/NAME/attach/*",
				"%s is attached to a network namespace", name);
	else
		loaded_free(loaded);
	pthread_mutex_unlock(&loaded_lock);
	return error;
}

int loaded_remove_log(const char *name)
{
	struct loaded *loaded;
	int error = 0;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(name);
	if (!loaded || !loaded->log) {
		error = -ENOENT;
	} else {
		document_put(loaded->log);
		loaded->log = NULL;
		if (!loaded->dissector)
			loaded_free(loaded);
	}
	pthread_mutex_unlock(&loaded_lock);
	return error;
}

int loaded_rename(const char *name, const char *to)
{
	struct loaded *loaded, *other;
	int error = 0;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(name);
	other = loaded_find(to);
	if (!loaded || !loaded->object) {
		error = -ENOENT;
	} else if (other && other->dissector) {
		error = explain(-EEXIST, "remove it first", "there is an object %s", to);
	} else {
		if (other)
			loaded_free(other); /* the log of what did not load */
		LIST_REMOVE(loaded, link);
		strcpy(loaded->name, to);
		insert(loaded);
	}
	pthread_mutex_unlock(&loaded_lock);
	return error;
}

struct dissector *loaded_dissector(const char *name)
{
	struct dissector *dissector = NULL;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(name);
	if (loaded && loaded->dissector)
		dissector = dissector_get(loaded->dissector);
	pthread_mutex_unlock(&loaded_lock);
	return dissector;
}

static struct document *document_of(const char *name, size_t member)
{
	struct document *document = NULL;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(name);
	if (loaded)
		document = *(struct document **)((char *)loaded + member);
	if (document)
		document_get(document);
	pthread_mutex_unlock(&loaded_lock);
	return document;
}

struct document *loaded_object(const char *name)
{
	return document_of(name, offsetof(struct loaded, object));
}

struct document *loaded_log(const char *name)
{
	return document_of(name, offsetof(struct loaded, log));
}

struct named_parts {
	char name[LOADED_NAME_MOST + 1];
	struct loaded_parts parts;
};

/* All names there are now; NULL without memory. */
static struct named_parts *all_names(size_t *count)
{
	struct named_parts *names;
	struct loaded *loaded;

	*count = 0;
	pthread_mutex_lock(&loaded_lock);
	LIST_FOREACH(loaded, &all, link)++ *count;
	names = calloc(*count + 1, sizeof(*names));
	*count = 0;
	LIST_FOREACH(loaded, &all, link)
	{
		if (!names)
			break;
		strcpy(names[*count].name, loaded->name);
		names[(*count)++].parts = (struct loaded_parts){
			.dissector = loaded->dissector,
			.object = loaded->object,
			.log = loaded->log,
			.failed = loaded->failed,
		};
	}
	pthread_mutex_unlock(&loaded_lock);
	return names;
}

int loaded_visit_all(loaded_visit *visit, void *context)
{
	size_t count;
	struct named_parts *names = all_names(&count);
	int stop = names ? 0 : -ENOMEM;

	for (size_t i = 0; !stop && i < count; i++)
		stop = visit(context, names[i].name, &names[i].parts);
	free(names);
	return stop;
}
