// SPDX-License-Identifier: GPL-2.0-only
#include "view.h"

#include <bpf/btf.h>
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "completed.h"
#include "explain.h"
#include "iterator.h"
#include "kernel.h"
#include "owners.h"
#include "passes.h"
#include "process.h"
#include "stash.h"
#include "view_object.h"
#include "view_run.h"

static struct view *views;

void view_init(struct view *view, const struct view_definition *definition,
	       const struct btf *kernel)
{
	struct explanation words;

	pthread_mutex_init(&view->lock, NULL);
	view->definition = definition;
	view->link = -1;
	if (!view_object_read(definition->object, kernel, &view->object))
		return;
	explain_take(&words);
	view->state = VIEW_ABSENT;
	snprintf(view->reason, sizeof(view->reason), "%s", words.message);
}

void view_free(struct view *view)
{
	view_object_free(&view->object);
	if (view->link >= 0)
		close(view->link);
	pthread_mutex_destroy(&view->lock);
}

int views_init(void)
{
	struct btf *kernel = btf__load_vmlinux_btf();

	views = calloc(view_count, sizeof(*views));
	for (size_t i = 0; views && i < view_count; i++)
		view_init(&views[i], &view_definitions[i], kernel);
	owners_init(kernel);
	btf__free(kernel);
	malloc_trim(0);
	return views ? 0 : -ENOMEM;
}

void views_free(void)
{
	owners_free();
	for (size_t i = 0; views && i < view_count; i++)
		view_free(&views[i]);
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

static int view_iterator(const struct view *view, const struct view_scope *scope)
{
	if (scope->network >= 0)
		return kernel_network_iterator(view->link, scope->network);
	return kernel_process_iterator(view->link, scope->pids, 0);
}

static int view_source(const struct view *view, const struct view_scope *scope, struct source **out)
{
	int iterator;

	if (view->object.in_passes)
		return passes_source_create(view->link, view->object.schema, out);
	if (view->object.stashed)
		return stash_source_create(view->link, scope->network, view->object.schema, out);
	if (scope->process)
		return process_source_create(view->link, scope->pids, scope->process,
					     view->object.schema, out);
	iterator = view_iterator(view, scope);
	if (iterator < 0)
		return iterator;
	return iterator_source_create(iterator, view->object.schema, NULL, out);
}

static int view_begin(struct view *view, const struct view_scope *scope, struct source **out)
{
	const struct completion details = {.complete = view->definition->details};
	int error = view_source(view, scope, out);

	if (!error && details.complete)
		error = completed_source(&details, out);
	if (!error && view->definition->owned)
		error = owners_join(scope, out);
	return error;
}

int view_open(struct view *view, const struct view_scope *scope, struct source **out)
{
	struct view_run *run;
	int error;

	pthread_mutex_lock(&view->lock);
	error = view_load(view);
	pthread_mutex_unlock(&view->lock);
	if (!error)
		error = view_run_begin(view->definition, scope, &run);
	return error ? error : view_run_opened(run, view_begin(view, scope, out), out);
}
