// SPDX-License-Identifier: GPL-2.0-only
#include "view.h"

#include <bpf/btf.h>
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "iterator.h"
#include "kernel.h"
#include "passes.h"
#include "schema.h"
#include "source.h"
#include "view_object.h"

static struct view *views;

int views_init(void)
{
	struct btf *kernel = btf__load_vmlinux_btf();

	views = calloc(view_count, sizeof(*views));
	for (size_t i = 0; views && i < view_count; i++) {
		struct view *view = &views[i];
		struct explanation words;

		pthread_mutex_init(&view->lock, NULL);
		view->definition = &view_definitions[i];
		view->link = -1;
		if (!view_object_read(view->definition->object, kernel, &view->object))
			continue;
		explain_take(&words);
		view->state = VIEW_ABSENT;
		snprintf(view->reason, sizeof(view->reason), "%s", words.message);
	}
	btf__free(kernel);
	malloc_trim(0);
	return views ? 0 : -ENOMEM;
}

void views_free(void)
{
	for (size_t i = 0; views && i < view_count; i++) {
		view_object_free(&views[i].object);
		if (views[i].link >= 0)
			close(views[i].link);
		pthread_mutex_destroy(&views[i].lock);
	}
	free(views);
	views = NULL;
}

struct view *view_at(size_t index)
{
	return &views[index];
}

struct view *view_find(const char *path)
{
	for (size_t i = 0; i < view_count; i++)
		if (!strcmp(view_definitions[i].path, path))
			return view_is_absent(&views[i]) ? NULL : &views[i];
	return NULL;
}

/* No lock: a view becomes absent only in views_init(). */
bool view_is_absent(struct view *view)
{
	return view->state == VIEW_ABSENT;
}

static int view_load(struct view *view)
{
	struct explanation words;
	int link;

	if (view->link >= 0)
		return 0;
	link = view_object_load(view->definition->object, &view->object);
	malloc_trim(0);
	if (link >= 0) {
		view->link = link;
		view->state = VIEW_LOADED;
		view->reason[0] = '\0';
		return 0;
	}
	explain_take(&words);
	view->state = VIEW_FAILED;
	snprintf(view->reason, sizeof(view->reason), "%s: %s", strerror(-link),
		 words.message[0] ? words.message : "the program didn't load");
	return explain(link, "see status", "%s", view->reason);
}

/* An iterator whose rows are completed by the daemon. */
struct detailed {
	struct source source;
	struct source *inner;
	int (*details)(const struct schema *schema, void *record);
	void *row; /* a copy that is aligned, as records of any length one behind another are not */
};

static ssize_t detailed_fill(struct source *source, void *records, size_t size)
{
	struct detailed *detailed = (struct detailed *)source;
	ssize_t filled = source_fill(detailed->inner, records, size);
	long one;

	for (ssize_t at = 0; at < filled; at += one) {
		one = schema_record_size(source->schema, (char *)records + at,
					 (size_t)(filled - at));
		if (one < 0)
			return one;
		memcpy(detailed->row, (char *)records + at, source->schema->row_size);
		detailed->details(source->schema, detailed->row);
		memcpy((char *)records + at, detailed->row, source->schema->row_size);
	}
	return filled;
}

static void detailed_free(struct source *source)
{
	struct detailed *detailed = (struct detailed *)source;

	source_free(detailed->inner);
	free(detailed->row);
	free(detailed);
}

static const struct source_operations detailed_operations = {
	.fill = detailed_fill,
	.free = detailed_free,
};

static int view_add_details(struct view *view, struct source **source)
{
	struct detailed *detailed = calloc(1, sizeof(*detailed));

	if (detailed)
		detailed->row = malloc(view->object.schema->row_size);
	if (!detailed || !detailed->row) {
		source_free(*source);
		free(detailed);
		return -ENOMEM;
	}
	detailed->source.operations = &detailed_operations;
	detailed->source.schema = view->object.schema;
	detailed->inner = *source;
	detailed->details = view->definition->details;
	*source = &detailed->source;
	return 0;
}

static int view_iterator(struct view *view, const struct view_scope *scope)
{
	if (scope && scope->process)
		return kernel_process_iterator(view->link, scope->process);
	return kernel_iterator(view->link, scope ? scope->network : -1);
}

static int view_source(struct view *view, const struct view_scope *scope, struct source **out)
{
	int iterator;

	if (view->object.in_passes)
		return passes_source_create(view->link, view->object.schema, out);
	iterator = view_iterator(view, scope);
	if (iterator < 0)
		return iterator;
	return iterator_source_create(iterator, view->object.schema, NULL, out);
}

int view_open(struct view *view, const struct view_scope *scope, struct source **out)
{
	int error;

	pthread_mutex_lock(&view->lock);
	error = view_load(view);
	pthread_mutex_unlock(&view->lock);
	if (!error)
		error = view_source(view, scope, out);
	if (!error && view->definition->details)
		error = view_add_details(view, out);
	return error;
}
