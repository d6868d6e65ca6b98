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

pthread_mutex_t loaded_loading = PTHREAD_MUTEX_INITIALIZER;
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

struct loaded *loaded_find_or_make(const char *name)
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
	instances_free(loaded);
	dissector_put(loaded->dissector);
	document_put(loaded->source);
	document_put(loaded->object);
	document_put(loaded->log);
	free(loaded);
}

int loaded_init(void)
{
	struct loaded *builtin = loaded_find_or_make(LOADED_BUILTIN);

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

int loaded_remove(const char *name)
{
	struct loaded *loaded;
	int error = 0;

	pthread_mutex_lock(&loaded_loading);
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
	pthread_mutex_unlock(&loaded_loading);
	return error;
}

static int remove_document(const char *name, size_t member)
{
	struct document *document = NULL;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_loading);
	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(name);
	if (loaded) {
		document = *(struct document **)((char *)loaded + member);
		*(struct document **)((char *)loaded + member) = NULL;
		if (!loaded->object && !loaded->log && !loaded->dissector)
			loaded_free(loaded);
	}
	pthread_mutex_unlock(&loaded_lock);
	pthread_mutex_unlock(&loaded_loading);
	document_put(document);
	return document ? 0 : -ENOENT;
}

int loaded_remove_log(const char *name)
{
	return remove_document(name, offsetof(struct loaded, log));
}

int loaded_remove_source(const char *name)
{
	return remove_document(name, offsetof(struct loaded, source));
}

int loaded_rename(const char *name, const char *to)
{
	struct loaded *loaded, *other;
	int error = 0;

	pthread_mutex_lock(&loaded_loading);
	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(name);
	other = loaded_find(to);
	if (!loaded || !loaded->object) {
		error = -ENOENT;
	} else if (other && other->object) {
		error = explain(-EEXIST, "remove it first", "there is an object %s", to);
	} else {
		if (other)
			loaded_free(other); /* the log of what did not load */
		LIST_REMOVE(loaded, link);
		strcpy(loaded->name, to);
		insert(loaded);
	}
	pthread_mutex_unlock(&loaded_lock);
	pthread_mutex_unlock(&loaded_loading);
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

struct document *loaded_source(const char *name)
{
	return document_of(name, offsetof(struct loaded, source));
}

struct document *loaded_log(const char *name)
{
	return document_of(name, offsetof(struct loaded, log));
}

const struct loaded *loaded_first(void)
{
	return LIST_FIRST(&all);
}
