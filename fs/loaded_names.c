// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "loaded_inside.h"

struct named_parts {
	char name[LOADED_NAME_MOST + 1];
	struct loaded_parts parts;
};

/* All names there are now; NULL without memory. */
static struct named_parts *all_names(size_t *count)
{
	struct named_parts *names;
	const struct loaded *loaded;

	*count = 0;
	pthread_mutex_lock(&loaded_lock);
	for (loaded = loaded_first(); loaded; loaded = LIST_NEXT(loaded, link))
		++*count;
	names = calloc(*count + 1, sizeof(*names));
	*count = 0;
	for (loaded = loaded_first(); names && loaded; loaded = LIST_NEXT(loaded, link)) {
		strcpy(names[*count].name, loaded->name);
		names[(*count)++].parts = (struct loaded_parts){
			.dissector = loaded->dissector,
			.iters = !LIST_EMPTY(&loaded->instances),
			.source = loaded->source,
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
