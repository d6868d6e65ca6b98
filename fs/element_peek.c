// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "element_map.h"
#include "element_schema.h"
#include "explain.h"
#include "schema.h"
#include "source.h"

struct peek_row {
	char place[8], others[16];
	char value[];
};

struct element_peek {
	struct source source;
	struct schema *schema;
	const char *place;
	int map;
	bool done;
};

static const struct column columns[] = {
	{.name = "place",
	 .kind = &kind_chars,
	 .offset = offsetof(struct peek_row, place),
	 .size = sizeof(((struct peek_row *)0)->place)},
	{.name = "others",
	 .kind = &kind_chars,
	 .offset = offsetof(struct peek_row, others),
	 .size = sizeof(((struct peek_row *)0)->others)},
};

/* Only the next element out can be seen: to get at the others it would have to be taken out. */
static ssize_t peek_fill(struct source *source, void *records, size_t size)
{
	struct element_peek *peek = (struct element_peek *)source;
	struct peek_row *row = records;
	int error;

	(void)size; /* at least a batch */
	if (peek->done)
		return 0;
	peek->done = true;
	memset(row, 0, sizeof(*row));
	snprintf(row->place, sizeof(row->place), "%s", peek->place);
	snprintf(row->others, sizeof(row->others), "unseen");
	error = bpf_map_lookup_elem(peek->map, NULL, row->value);
	if (error == -ENOENT)
		return 0;
	if (error)
		return explain(error, NULL, "peeking at the map: %s", strerror(-error));
	return (ssize_t)source->batch;
}

static void peek_free(struct source *source)
{
	struct element_peek *peek = (struct element_peek *)source;

	if (peek->map >= 0)
		close(peek->map);
	schema_free(peek->schema);
	free(peek);
}

static const struct source_operations peek_operations = {
	.fill = peek_fill,
	.free = peek_free,
};

int element_peek_open(const struct element_map *map, struct source **out)
{
	struct element_peek *peek = calloc(1, sizeof(*peek));
	int error = -EMFILE;

	if (!peek)
		return -ENOMEM;
	peek->source.operations = &peek_operations;
	peek->source.batch = sizeof(struct peek_row) + map->value_bytes;
	peek->place = map->info.type == BPF_MAP_TYPE_QUEUE ? "head" : "top";
	peek->map = fcntl(map->descriptor, F_DUPFD_CLOEXEC, 0);
	if (peek->map >= 0)
		error = element_schema_value(map, columns, 2, sizeof(struct peek_row),
					     &peek->schema);
	if (error) {
		peek_free(&peek->source);
		return error;
	}
	peek->source.schema = peek->schema;
	*out = &peek->source;
	return 0;
}
