// SPDX-License-Identifier: GPL-2.0-only
/* What is written into an instance's params/. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "explain.h"
#include "loaded_inside.h"

/* A write under way. */
struct setting {
	struct iters *iters; /* before */
	struct document *object;
	struct load_value *values; /* of the instance, and room for one more */
	size_t count;
};

static void setting_free(struct setting *setting)
{
	iters_put(setting->iters);
	document_put(setting->object);
	free(setting->values);
}

static int setting_begin(const char *name, struct setting *out)
{
	struct instance *instance;
	struct loaded *loaded;
	int error = -ENOENT;

	pthread_mutex_lock(&loaded_lock);
	instance = instance_find(name, &loaded);
	if (instance) {
		out->iters = iters_get(instance->iters);
		out->object = document_get(loaded->object);
		out->count = instance->count;
		out->values = calloc(instance->count + 1, sizeof(*out->values));
		error = out->values ? 0 : -ENOMEM;
	}
	if (!error && instance->count)
		memcpy(out->values, instance->values, instance->count * sizeof(*out->values));
	pthread_mutex_unlock(&loaded_lock);
	return error;
}

static void setting_add(struct setting *setting, const struct load_value *value)
{
	size_t at = 0;

	while (at < setting->count && strcmp(setting->values[at].name, value->name))
		at++;
	setting->values[at] = *value;
	if (at == setting->count)
		setting->count++;
}

/* Takes the values; iters, unless it is NULL, becomes what was there before. */
static int setting_end(const char *name, struct setting *setting, struct iters **iters)
{
	struct instance *instance;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_lock);
	instance = instance_find(name, &loaded);
	if (instance) {
		struct load_value *before = instance->values;
		struct iters *old = instance->iters;

		instance->values = setting->values;
		instance->count = setting->count;
		setting->values = before;
		if (*iters) {
			instance->iters = *iters;
			*iters = old;
		}
	}
	pthread_mutex_unlock(&loaded_lock);
	return instance ? 0 : -ENOENT;
}

/* A constant is part of what the verifier has looked at. */
static int setting_load(const char *name, const struct setting *setting, struct load_result *out)
{
	const struct load_request request = {
		.name = name,
		.object = setting->object,
		.values = setting->values,
		.count = setting->count,
	};
	struct document *log = NULL;
	int error = load_object(&request, out, &log);

	document_put(log);
	return error;
}

static int variable_set(const char *name, struct setting *setting, const char *variable_name,
			const char *text, size_t size)
{
	const struct iter_variable *variable = iters_variable(setting->iters, variable_name);
	struct load_result result = {0};
	struct load_value value;
	int error;

	if (!variable)
		return -ENOENT;
	error = iters_variable_parse(setting->iters, variable, text, size, &value);
	if (error)
		return error;
	setting_add(setting, &value);
	if (variable->constant)
		error = setting_load(name, setting, &result);
	else
		error = iters_variable_set(variable, &value);
	if (!error)
		error = setting_end(name, setting, &result.iters);
	load_result_put(&result);
	return error;
}

int loaded_variable_set(const char *instance, const char *name, const char *text, size_t size)
{
	struct setting setting = {0};
	int error;

	pthread_mutex_lock(&loaded_loading);
	error = setting_begin(instance, &setting);
	if (!error)
		error = variable_set(instance, &setting, name, text, size);
	pthread_mutex_unlock(&loaded_loading);
	setting_free(&setting);
	return error;
}

int loaded_choice_set(const char *name, const struct iter_choice *choice)
{
	struct instance *instance;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_lock);
	instance = instance_find(name, &loaded);
	if (instance)
		instance->choice = *choice;
	pthread_mutex_unlock(&loaded_lock);
	return instance ? 0 : -ENOENT;
}
