// SPDX-License-Identifier: GPL-2.0-only
#include "schema.h"

#include <errno.h>
#include <stdlib.h>

#include "kind.h"
#include "shape.h"

void schema_free(struct schema *schema)
{
	if (!schema)
		return;
	for (unsigned int i = 0; i < schema->count; i++)
		free(schema->columns[i].owned_name);
	shape_free(schema->shapes);
	free(schema->columns);
	free(schema);
}

long schema_record_size(const struct schema *schema, const void *records, size_t size)
{
	size_t used = schema->row_size;
	struct chunk chunk;

	if (used > size)
		return -EBADMSG;
	for (unsigned int i = 0; i < schema->texts; i++) {
		do {
			if (size - used < sizeof(uint16_t))
				return -EBADMSG;
			chunk = chunk_at((const char *)records + used);
			used += sizeof(uint16_t);
			if (size - used < chunk.size)
				return -EBADMSG;
			used += chunk.size;
		} while (chunk.more);
	}
	return used ? (long)used : -EBADMSG;
}

const struct column *schema_column(const struct schema *schema, const char *name)
{
	for (unsigned int i = 0; i < schema->count; i++) {
		if (strcmp(schema->columns[i].name, name) == 0)
			return &schema->columns[i];
	}
	return NULL;
}
