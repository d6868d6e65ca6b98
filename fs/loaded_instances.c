// SPDX-License-Identifier: GPL-2.0-only
/* The instances of loaded objects, and their parameters. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dissector.h"
#include "document.h"
#include "explain.h"
#include "loaded_inside.h"

/* With the values of an instance, or with NULL as the object has them. */
static int instance_load(const char *name, const struct document *object,
			 const struct instance *instance, struct load_result *out,
			 struct document **log)
{
	const struct load_request request = {
		.name = name,
		.object = object,
		.values = instance ? instance->values : NULL,
		.count = instance ? instance->count : 0,
	};

	return load_object(&request, out, log);
}

static size_t instances_count(const struct loaded *loaded)
{
	const struct instance *instance;
	size_t count = 0;

	LIST_FOREACH(instance, &loaded->instances, link)
	count++;
	return count;
}

/* Those after the first, whose list nobody changes meanwhile. One that fails leaves its log. */
static int others_load(const char *name, const struct document *object, struct instance *first,
		       struct load_set *out, struct document **log)
{
	struct instance *instance = LIST_NEXT(first, link);
	int error = 0;

	for (; !error && instance; instance = LIST_NEXT(instance, link)) {
		struct load_result result;
		struct document *other;

		error = instance_load(name, object, instance, &result, &other);
		document_put(error ? *log : other);
		if (error)
			*log = other;
		out->others[out->count++] = result.iters;
		dissector_put(result.dissector);
	}
	return error;
}

int load_set_make(const char *name, const struct document *object, struct load_set *out,
		  struct document **log)
{
	struct instance *first = NULL;
	struct loaded *loaded;
	size_t count = 0;
	int error;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(name);
	if (loaded) {
		first = LIST_FIRST(&loaded->instances);
		count = instances_count(loaded);
	}
	pthread_mutex_unlock(&loaded_lock);
	*out = (struct load_set){0};
	*log = NULL;
	if (count > 1) {
		out->others = calloc(count - 1, sizeof(*out->others));
		if (!out->others)
			return -ENOMEM;
	}
	error = instance_load(name, object, first, &out->first, log);
	if (!error && count > 1)
		error = others_load(name, object, first, out, log);
	return error;
}

void load_set_free(struct load_set *set)
{
	load_result_put(&set->first);
	for (size_t i = 0; i < set->count; i++)
		iters_put(set->others[i]);
	free(set->others);
}

static void iters_swap(struct iters **one, struct iters **other)
{
	struct iters *iters = *one;

	*one = *other;
	*other = iters;
}

static void instance_free(struct instance *instance)
{
	LIST_REMOVE(instance, link);
	pins_free(instance);
	iters_put(instance->iters);
	free(instance->values);
	free(instance);
}

void instances_free(struct loaded *loaded)
{
	struct instance *instance, *next;

	for (instance = LIST_FIRST(&loaded->instances); instance; instance = next) {
		next = LIST_NEXT(instance, link);
		instance_free(instance);
	}
}

int instances_replace(struct loaded *loaded, struct load_set *set)
{
	struct instance *instance = LIST_FIRST(&loaded->instances);

	if (!set->first.iters) {
		instances_free(loaded);
		return 0;
	}
	if (!instance) {
		instance = calloc(1, sizeof(*instance));
		if (!instance)
			return -ENOMEM;
		LIST_INSERT_HEAD(&loaded->instances, instance, link);
	}
	iters_swap(&instance->iters, &set->first.iters);
	for (size_t i = 0; i < set->count; i++) {
		instance = LIST_NEXT(instance, link);
		iters_swap(&instance->iters, &set->others[i]);
	}
	return 0;
}

/* NAME+ANY in its parts; false when it is not a name. */
static bool name_split(const char *instance, char *name, char *suffix)
{
	const char *plus = strchrnul(instance, '+');

	if (plus - instance > LOADED_NAME_MOST || (*plus && !loaded_name_valid(plus + 1)))
		return false;
	snprintf(name, LOADED_NAME_MOST + 1, "%.*s", (int)(plus - instance), instance);
	strcpy(suffix, *plus ? plus + 1 : "");
	return loaded_name_valid(name);
}

struct instance *instance_find(const char *name, struct loaded **loaded)
{
	char object[LOADED_NAME_MOST + 1], suffix[LOADED_NAME_MOST + 1];
	struct instance *instance;

	*loaded = name_split(name, object, suffix) ? loaded_find(object) : NULL;
	if (!*loaded)
		return NULL;
	LIST_FOREACH(instance, &(*loaded)->instances, link)
	{
		if (!strcmp(instance->suffix, suffix))
			return instance;
	}
	return NULL;
}

struct iters *loaded_iters(const char *name, struct iter_choice *out)
{
	struct iters *iters = NULL;
	struct instance *instance;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_lock);
	instance = instance_find(name, &loaded);
	if (instance) {
		iters = iters_get(instance->iters);
		if (out)
			*out = instance->choice;
	}
	pthread_mutex_unlock(&loaded_lock);
	return iters;
}

bool loaded_instance_at(const char *object, size_t index, char *out, size_t size)
{
	struct instance *instance = NULL;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(object);
	if (loaded)
		instance = LIST_FIRST(&loaded->instances);
	for (; instance && index; index--)
		instance = LIST_NEXT(instance, link);
	if (instance)
		snprintf(out, size, "%s%s%s", object, instance->suffix[0] ? "+" : "",
			 instance->suffix);
	pthread_mutex_unlock(&loaded_lock);
	return instance;
}

/* A reference to the object of a new instance. */
static int instance_check(const char *name, struct document **out)
{
	struct loaded *loaded;
	int error = -ENOENT;

	pthread_mutex_lock(&loaded_lock);
	if (instance_find(name, &loaded))
		error = -EEXIST;
	else if (loaded && LIST_FIRST(&loaded->instances))
		error = 0;
	if (!error)
		*out = document_get(loaded->object);
	pthread_mutex_unlock(&loaded_lock);
	return error == -ENOENT ? explain(error, "cp an object of that name into load/ first",
					  "no object has iterators for %.100s", name)
				: error;
}

/* The list's order is that of making, but for the first. */
static int instance_insert(const char *name, struct load_result *result)
{
	struct instance *instance = calloc(1, sizeof(*instance));
	char object[LOADED_NAME_MOST + 1];
	struct loaded *loaded;
	int error = -ENOENT;

	if (!instance)
		return -ENOMEM;
	name_split(name, object, instance->suffix);
	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(object);
	if (loaded && LIST_FIRST(&loaded->instances)) {
		iters_swap(&instance->iters, &result->iters);
		LIST_INSERT_AFTER(LIST_FIRST(&loaded->instances), instance, link);
		error = 0;
	}
	pthread_mutex_unlock(&loaded_lock);
	if (error)
		free(instance);
	return error;
}

int loaded_instance_add(const char *name)
{
	char object_name[LOADED_NAME_MOST + 1], suffix[LOADED_NAME_MOST + 1];
	struct document *object = NULL, *log = NULL;
	struct load_result result = {0};
	int error;

	if (!name_split(name, object_name, suffix) || !suffix[0])
		return explain(-EINVAL, "mkdir iters/NAME+ANY, ANY of letters, digits, _ and -",
			       "an instance can't be called %.100s", name);
	pthread_mutex_lock(&loaded_loading);
	error = instance_check(name, &object);
	if (!error)
		error = instance_load(object_name, object, NULL, &result, &log);
	if (!error)
		error = instance_insert(name, &result);
	pthread_mutex_unlock(&loaded_loading);
	load_result_put(&result);
	document_put(object);
	document_put(log);
	return error;
}

int loaded_instance_remove(const char *name)
{
	struct instance *instance;
	struct loaded *loaded;
	int error = 0;

	pthread_mutex_lock(&loaded_loading);
	pthread_mutex_lock(&loaded_lock);
	instance = instance_find(name, &loaded);
	if (!instance)
		error = -ENOENT;
	else if (!instance->suffix[0])
		error = explain(-EBUSY, "rm load/NAME.bpf.o unloads it", "%s is an object's own",
				name);
	else
		instance_free(instance);
	pthread_mutex_unlock(&loaded_lock);
	pthread_mutex_unlock(&loaded_loading);
	return error;
}
