// SPDX-License-Identifier: GPL-2.0-only
#include "network_find.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"
#include "kind.h"
#include "network_mounts.h"
#include "schema.h"
#include "source.h"
#include "view.h"

/* The lowest number that a kernel gives to a namespace, rounded down. */
#define NUMBER_LEAST 0xefffff00UL

uint32_t network_number(const char *name)
{
	unsigned long number;
	char *end;

	if (name[0] < '1' || name[0] > '9')
		return 0;
	number = strtoul(name, &end, 10);
	return *end || number < NUMBER_LEAST || number > UINT32_MAX ? 0 : (uint32_t)number;
}

/* A thread in each mount namespace that there is. */
struct place {
	uint32_t mounts, thread;
};

struct search {
	uint32_t number;
	struct place *places;
	size_t count, capacity;
};

/* Columns of a view; NULL for those that it hasn't. */
struct columns {
	const struct column *number, *process, *thread, *descriptor, *mounts, *type;
};

/* A way from a row to the namespace: a descriptor, or -ENOENT to go on. */
typedef int row_try(struct search *search, const struct columns *columns, const char *row);

static uint32_t number_of(const struct column *column, const char *row)
{
	return column ? (uint32_t)load_unsigned(row + column->offset, column->size) : 0;
}

static int place_add(struct search *search, struct place place)
{
	for (size_t i = 0; i < search->count; i++)
		if (search->places[i].mounts == place.mounts)
			return 0;
	if (search->count == search->capacity) {
		size_t capacity = search->capacity ? 2 * search->capacity : 16;
		struct place *places = reallocarray(search->places, capacity, sizeof(*places));

		if (!places)
			return -ENOMEM;
		search->places = places;
		search->capacity = capacity;
	}
	search->places[search->count++] = place;
	return 0;
}

static int try_thread(struct search *search, const struct columns *columns, const char *row)
{
	uint32_t thread = number_of(columns->thread, row);
	struct place place = {number_of(columns->mounts, row), thread};

	if (number_of(columns->number, row) == search->number)
		return kernel_network_check(kernel_network_of((pid_t)thread), search->number);
	return place.mounts && place_add(search, place) ? -ENOMEM : -ENOENT;
}

/* What the row's process holds there, as a descriptor of our own. */
static int descriptor_of(const struct columns *columns, const char *row)
{
	uint32_t thread = number_of(columns->thread, row);

	return kernel_descriptor_of((pid_t)(thread ? thread : number_of(columns->process, row)),
				    thread, (int)number_of(columns->descriptor, row));
}

static int try_socket(struct search *search, const struct columns *columns, const char *row)
{
	int sock, network;

	if (number_of(columns->number, row) != search->number)
		return -ENOENT;
	sock = descriptor_of(columns, row);
	if (sock < 0)
		return -ENOENT;
	network = kernel_network_check(kernel_network_of_socket(sock), search->number);
	close(sock);
	return network;
}

static int try_file(struct search *search, const struct columns *columns, const char *row)
{
	if (number_of(columns->number, row) != search->number || !columns->type ||
	    strncmp(row + columns->type->offset, "namespace", columns->type->size))
		return -ENOENT;
	return kernel_network_check(descriptor_of(columns, row), search->number);
}

static int batch_search(struct search *search, row_try *try, const struct schema *schema,
			const struct columns *columns, const char *batch, size_t size)
{
	int found = -ENOENT;

	while (size && found == -ENOENT) {
		long one = schema_record_size(schema, batch, size);

		if (one < 0)
			return (int)one;
		found = try(search, columns, batch);
		batch += one;
		size -= (size_t)one;
	}
	return found;
}

static int source_search(struct search *search, row_try *try, struct source *source,
			 const char *number)
{
	const struct schema *schema = source->schema;
	struct columns columns = {
		.number = schema_column(schema, number),
		.process = schema_column(schema, "pid"),
		.thread = schema_column(schema, "tid"),
		.descriptor = schema_column(schema, "fd"),
		.mounts = schema_column(schema, "mnt_ns"),
		.type = schema_column(schema, "type"),
	};
	char *batch = malloc(source_batch(source));
	int found = batch ? -ENOENT : -ENOMEM;

	while (found == -ENOENT) {
		ssize_t got = source_fill(source, batch, source_batch(source));

		if (got <= 0) {
			found = got ? (int)got : -ENOENT;
			break;
		}
		found = batch_search(search, try, schema, &columns, batch, (size_t)got);
	}
	free(batch);
	return found;
}

static int view_search(struct search *search, row_try *try, const char *path, const char *number)
{
	const struct view_scope everywhere = {.network = -1, .pids = -1};
	struct view *view = view_find(path);
	struct source *source;
	int found;

	if (!view || view_open(view, &everywhere, &source))
		return -ENOENT;
	found = source_search(search, try, source, number);
	source_free(source);
	return found;
}

static int places_search(struct search *search)
{
	int found = -ENOENT;
	char place[32];

	for (size_t i = 0; found == -ENOENT && i < search->count; i++) {
		snprintf(place, sizeof(place), "/proc/%u", search->places[i].thread);
		found = network_find_mounted(place, search->number);
	}
	return found;
}

/* The cheaper way first. The views know where a namespace is that no process is in. */
int network_find(uint32_t number)
{
	struct search search = {.number = number};
	struct explanation none;
	int found = network_find_mounted("/proc/thread-self", number);

	if (found == -ENOENT)
		found = view_search(&search, try_thread, "threads", "net_ns");
	if (found == -ENOENT)
		found = view_search(&search, try_socket, "sockets", "net_ns");
	if (found == -ENOENT)
		found = view_search(&search, try_file, "files", "inode");
	if (found == -ENOENT)
		found = places_search(&search);
	explain_take(&none); /* of what was tried */
	free(search.places);
	return found;
}
