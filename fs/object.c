// SPDX-License-Identifier: GPL-2.0-only
#include "object.h"

#include <string.h>

const struct object *object_find(const char *name)
{
	for (size_t i = 0; i < object_count; i++)
		if (!strcmp(objects[i].name, name))
			return &objects[i];
	return NULL;
}
