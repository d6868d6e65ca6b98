// SPDX-License-Identifier: GPL-2.0-only
/* Where loaded dissectors are attached. */
#include <errno.h>
#include <stdio.h>

#include "dissector.h"
#include "explain.h"
#include "kernel.h"
#include "loaded_inside.h"

static bool initial_allowed;

void loaded_allow_initial(void)
{
	initial_allowed = true;
}

int loaded_attach(const char *object, const char *name, const char *target, int network)
{
	int initial = kernel_network_is_initial(network), error = -ENOENT;
	struct loaded *loaded;

	if (initial < 0)
		return initial;
	if (initial && !initial_allowed)
		return explain(-EACCES, "mount with -o attach_init",
			       "a dissector of the initial network namespace is for all others");
	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(object);
	if (loaded && loaded->dissector)
		error = dissector_live(loaded->dissector);
	if (error >= 0)
		error = attachments_add(&loaded->attachments, name, target, error, network);
	pthread_mutex_unlock(&loaded_lock);
	return error;
}

int loaded_detach(const char *object, const char *name)
{
	struct loaded *loaded;
	int error;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(object);
	error = loaded ? attachments_remove(&loaded->attachments, name) : -ENOENT;
	pthread_mutex_unlock(&loaded_lock);
	return error;
}

struct document *loaded_attachment(const char *object, const char *name)
{
	struct document *target;
	struct loaded *loaded;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(object);
	target = loaded ? attachments_target(&loaded->attachments, name) : NULL;
	pthread_mutex_unlock(&loaded_lock);
	return target;
}

bool loaded_attachment_at(const char *object, size_t index, char *name, size_t size)
{
	struct loaded *loaded;
	const char *found;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(object);
	found = loaded ? attachments_name(&loaded->attachments, index) : NULL;
	if (found)
		snprintf(name, size, "%s", found);
	pthread_mutex_unlock(&loaded_lock);
	return found;
}

size_t loaded_attachments(const char *object)
{
	struct loaded *loaded;
	size_t count;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find(object);
	count = loaded ? attachments_count(&loaded->attachments) : 0;
	pthread_mutex_unlock(&loaded_lock);
	return count;
}
