// SPDX-License-Identifier: GPL-2.0-only
#include "element_batch.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "schema.h"
#include "source.h"

struct element_batch {
	struct source source;
	struct schema *schema;
	int map;
	size_t key_size, key_room, value_bytes;
	char *keys, *values;
	char *position, *next_position; /* in the map, as the kernel gives them; a key or less */
	__u32 capacity; /* elements that keys and values have room for */
	__u32 count, given; /* elements there, and given */
	bool started, ended;
};

static bool batch_allocate(struct element_batch *batch, __u32 capacity)
{
	free(batch->keys);
	free(batch->values);
	batch->keys = malloc(capacity * batch->key_size);
	batch->values = malloc(capacity * batch->value_bytes);
	batch->capacity = capacity;
	return batch->keys && batch->values;
}

/* The kernel gives whole hash buckets, and ENOSPC when there is no room for the next one. */
static int batch_next(struct element_batch *batch)
{
	char *position = batch->started ? batch->position : NULL, *swap;
	int error;

	for (;;) {
		batch->count = batch->capacity;
		error = bpf_map_lookup_batch(batch->map, position, batch->next_position,
					     batch->keys, batch->values, &batch->count, NULL);
		if (error != -ENOSPC)
			break;
		if (!batch_allocate(batch, batch->capacity * 2))
			return -ENOMEM;
	}
	if (error && error != -ENOENT)
		return explain(error, NULL, "looking up the map's elements: %s", strerror(-error));
	batch->ended = error == -ENOENT;
	batch->started = true;
	batch->given = 0;
	swap = batch->position;
	batch->position = batch->next_position;
	batch->next_position = swap;
	return 0;
}

static void batch_record(struct element_batch *batch, char *record)
{
	memset(record + batch->key_room - 8, 0, 8);
	memcpy(record, batch->keys + batch->given * batch->key_size, batch->key_size);
	memcpy(record + batch->key_room, batch->values + batch->given * batch->value_bytes,
	       batch->value_bytes);
	batch->given++;
}

static ssize_t batch_fill(struct source *source, void *records, size_t size)
{
	struct element_batch *batch = (struct element_batch *)source;
	size_t record = batch->key_room + batch->value_bytes, filled = 0;

	if (size < record)
		return explain(-E2BIG, NULL, "a row is of %zu bytes", record);
	while (batch->given == batch->count && !batch->ended) {
		int error = batch_next(batch);

		if (error)
			return error;
	}
	for (; batch->given < batch->count && size - filled >= record; filled += record)
		batch_record(batch, (char *)records + filled);
	return (ssize_t)filled;
}

static void batch_free(struct source *source)
{
	struct element_batch *batch = (struct element_batch *)source;

	if (batch->map >= 0)
		close(batch->map);
	schema_free(batch->schema);
	free(batch->keys);
	free(batch->values);
	free(batch->position);
	free(batch->next_position);
	free(batch);
}

static const struct source_operations batch_operations = {
	.fill = batch_fill,
	.free = batch_free,
};

int element_batch_source(int map, const struct bpf_map_info *info, __u32 value_bytes,
			 struct schema *schema, struct source **out)
{
	struct element_batch *batch = calloc(1, sizeof(*batch));
	size_t key_room = (info->key_size + 7) & ~7U;
	size_t capacity = SOURCE_BATCH / (key_room + value_bytes);

	if (!batch) {
		schema_free(schema);
		return -ENOMEM;
	}
	batch->source.operations = &batch_operations;
	batch->source.schema = schema;
	batch->source.batch = key_room + value_bytes;
	batch->schema = schema;
	batch->map = fcntl(map, F_DUPFD_CLOEXEC, 0);
	batch->key_size = info->key_size;
	batch->key_room = key_room;
	batch->value_bytes = value_bytes;
	batch->position = malloc(key_room);
	batch->next_position = malloc(key_room);
	if (batch->map < 0 || !batch->position || !batch->next_position ||
	    !batch_allocate(batch, capacity ? (__u32)capacity : 1)) {
		batch_free(&batch->source);
		return -ENOMEM;
	}
	*out = &batch->source;
	return 0;
}
