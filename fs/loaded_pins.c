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

struct document *loaded_pinned(const char *instance, const char *program)
{
	struct document *path = NULL;
	struct pinned *pin;

	pthread_mutex_lock(&loaded_lock);
	pin = pin_find(instance, program);
	if (pin)
		path = document_get(pin->path);
	pthread_mutex_unlock(&loaded_lock);
	return path;
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

/* Under the lock. */
static int pin_make(const char *name, struct pinned *pin)
{
	struct loaded *loaded;
	struct instance *instance = instance_find(name, &loaded);
	const struct iter_program *program =
		instance ? iters_find(instance->iters, pin->program) : NULL;
	int error;

	if (!program)
		return -ENOENT;
	if (pin_find(name, pin->program))
		return explain(-EEXIST, "rm it first", "%s is pinned already", pin->program);
	error = iters_pin(program, &instance->choice, pin->path->bytes, &pin->id);
	if (!error)
		LIST_INSERT_HEAD(&instance->pins, pin, link);
	return error;
}

int loaded_pin(const char *instance, const char *program, const char *path)
{
	struct pinned *pin = pin_create(program, path);
	int error;

	if (!pin)
		return -ENOMEM;
	pthread_mutex_lock(&loaded_lock);
	error = pin_make(instance, pin);
	pthread_mutex_unlock(&loaded_lock);
	if (error) {
		document_put(pin->path);
		free(pin);
	}
	return error;
}

int loaded_unpin(const char *instance, const char *program)
{
	struct pinned *pin;
	int error = -ENOENT;

	pthread_mutex_lock(&loaded_lock);
	pin = pin_find(instance, program);
	if (pin)
		error = iters_unpin(pin->path->bytes, pin->id);
	if (!error)
		pin_free(pin);
	pthread_mutex_unlock(&loaded_lock);
	return error;
}
