// SPDX-License-Identifier: GPL-2.0-only
/* The pins that were made of loaded iterators. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "document.h"
#include "explain.h"
#include "loaded_inside.h"

static void pin_free(struct pinned *pin)
{
	LIST_REMOVE(pin, link);
	document_put(pin->path);
	free(pin);
}

void pins_free(struct instance *instance)
{
	struct pinned *pin, *next;

	for (pin = LIST_FIRST(&instance->pins); pin; pin = next) {
		next = LIST_NEXT(pin, link);
		pin_free(pin);
	}
}

/* Under the lock. */
static struct pinned *pin_find(const char *name, const char *program)
{
	struct loaded *loaded;
	struct instance *instance = instance_find(name, &loaded);
	struct pinned *pin = instance ? LIST_FIRST(&instance->pins) : NULL;

	while (pin && strcmp(pin->program, program))
		pin = LIST_NEXT(pin, link);
	return pin;
}

static struct pinned *pin_create(const char *program, const char *path)
{
	struct pinned *pin = calloc(1, sizeof(*pin));
	struct buffer bytes = {0};

	if (!pin)
		return NULL;
	snprintf(pin->program, sizeof(pin->program), "%s", program);
	buffer_put(&bytes, path, strlen(path) + 1);
	pin->path = document_create(&bytes);
	if (pin->path)
		return pin;
	free(pin);
	return NULL;
}

/* Its id and a reference to its path, or NULL. */
static struct document *pin_get(const char *instance, const char *program, __u32 *id)
{
	struct document *path = NULL;
	struct pinned *pin;

	pthread_mutex_lock(&loaded_lock);
	pin = pin_find(instance, program);
	if (pin) {
		path = document_get(pin->path);
		*id = pin->id;
	}
	pthread_mutex_unlock(&loaded_lock);
	return path;
}

struct document *loaded_pinned(const char *instance, const char *program)
{
	__u32 id;

	return pin_get(instance, program, &id);
}

/* Under loaded_loading alone: a path may lead back into this mount, whose names need the other. */
static int pin_make(const char *name, struct pinned *pin)
{
	struct document *before = loaded_pinned(name, pin->program);
	struct iter_choice choice;
	struct iters *iters = before ? NULL : loaded_iters(name, &choice);
	const struct iter_program *program = iters ? iters_find(iters, pin->program) : NULL;
	int error = -ENOENT;

	if (before)
		error = explain(-EEXIST, "rm it first", "%s is pinned already", pin->program);
	else if (program)
		error = iters_pin(program, &choice, pin->path->bytes, &pin->id);
	document_put(before);
	iters_put(iters);
	return error;
}

static void pin_insert(const char *name, struct pinned *pin)
{
	struct instance *instance;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_lock);
	instance = instance_find(name, &loaded);
	if (instance)
		LIST_INSERT_HEAD(&instance->pins, pin, link);
	pthread_mutex_unlock(&loaded_lock);
}

int loaded_pin(const char *instance, const char *program, const char *path)
{
	struct pinned *pin = pin_create(program, path);
	int error;

	if (!pin)
		return -ENOMEM;
	pthread_mutex_lock(&loaded_loading);
	error = pin_make(instance, pin);
	if (!error)
		pin_insert(instance, pin);
	pthread_mutex_unlock(&loaded_loading);
	if (error) {
		document_put(pin->path);
		free(pin);
	}
	return error;
}

int loaded_unpin(const char *instance, const char *program)
{
	struct document *path;
	int error = -ENOENT;
	__u32 id;

	pthread_mutex_lock(&loaded_loading);
	path = pin_get(instance, program, &id);
	if (path)
		error = iters_unpin(path->bytes, id);
	pthread_mutex_lock(&loaded_lock);
	if (!error)
		pin_free(pin_find(instance, program));
	pthread_mutex_unlock(&loaded_lock);
	pthread_mutex_unlock(&loaded_loading);
	document_put(path);
	return error;
}
