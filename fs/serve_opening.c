// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "pool.h"
#include "reader.h"
#include "serve_node.h"
#include "signals.h"
#include "watch.h"

/*
 * The opening of a table, in a worker: the view may have to be loaded and the kernel walked. Where
 * the table has to be whole first, it waits without one for what is not made at once.
 */
struct opening {
	struct work work;
	struct watch watch;
	struct reader_wait wait; /* for the table to be whole */
	LIST_ENTRY(opening) link;
	struct serve *serve;
	fuse_req_t request; /* NULL once it was answered; the node may be gone then */
	struct reader *reader; /* while it waits; under the serve's lock */
	int error; /* that the wait ended with */
	struct fuse_file_info info;
	struct node *node;
	struct entry entry;
	struct caller caller;
};

static int reader_open(struct serve *serve, const struct entry *entry, const struct caller *caller,
		       struct reader **out)
{
	struct source *source = NULL;
	int error = entry->open(entry, caller, &source);

	if (!error)
		error = reader_create(serve->pool, source, entry->format, entry->usage, out);
	return error ? error : reader_start(*out);
}

/* The request, if it still wants its answer, which then is this caller's to give; or NULL. */
static fuse_req_t opening_claim(struct opening *opening)
{
	fuse_req_t request;

	pthread_mutex_lock(&opening->serve->lock);
	request = opening->request;
	opening->request = NULL;
	pthread_mutex_unlock(&opening->serve->lock);
	return request;
}

static void opening_free(struct opening *opening)
{
	pthread_mutex_lock(&opening->serve->lock);
	LIST_REMOVE(opening, link);
	pthread_mutex_unlock(&opening->serve->lock);
	free(opening);
}

/* What was open before, or asked for its size by an O_PATH descriptor, has one in the kernel. */
static void opening_share(struct opening *opening, fuse_req_t request, struct handle *handle)
{
	struct handle *shared = handle_share(opening->serve, opening->node, false, handle);

	if (shared != handle) { /* another open of the same node was faster */
		reader_close(handle->reader);
		free(handle);
	} else if (atomic_exchange(&opening->node->sized, true)) {
		serve_forget_size(opening->serve, opening->node);
	}
	handle_opened(request, opening->serve, shared, &opening->info);
}

/* Takes the reader, and frees. */
static void opening_finish(struct opening *opening, struct reader *reader, int error)
{
	fuse_req_t request = opening_claim(opening);
	struct handle *handle = request && !error ? handle_create(opening->node) : NULL;

	if (handle) {
		handle->reader = reader;
		opening_share(opening, request, handle);
	} else {
		reader_close(reader);
		if (request)
			serve_fail(request, opening->entry.path, error ? error : -ENOMEM);
	}
	opening_free(opening);
}

static void opening_go_on(struct work *work)
{
	struct opening *opening = (struct opening *)work;
	int error = opening->error ? opening->error : reader_failure(opening->reader);

	opening_finish(opening, opening->reader, error);
}

static void opening_is_whole(struct reader_wait *wait, const struct reader_answer *answer)
{
	struct opening *opening = (struct opening *)((char *)wait - offsetof(struct opening, wait));

	opening->error = answer->error;
	pool_submit(opening->serve->pool, POOL_PROMPT, &opening->work);
}

/* False when nobody wants it any more. What waits may have gone on and be freed on return. */
static bool opening_wait(struct opening *opening, struct reader *reader)
{
	struct serve *serve = opening->serve;
	bool wanted;

	pthread_mutex_lock(&serve->lock);
	wanted = opening->request != NULL;
	if (wanted) {
		opening->reader = reader;
		opening->work.run = opening_go_on;
		opening->wait.key = opening;
		opening->wait.done = opening_is_whole;
		reader_size(reader, &opening->wait);
	}
	pthread_mutex_unlock(&serve->lock);
	return wanted;
}

static void opening_run(struct work *work)
{
	struct opening *opening = (struct opening *)work;
	struct reader *reader = NULL;
	int error;

	watch_begin(&opening->watch);
	error = reader_open(opening->serve, &opening->entry, &opening->caller, &reader);
	watch_end(&opening->watch);
	if (error || reader_is_ready(reader) || !opening_wait(opening, reader))
		opening_finish(opening, reader, error);
}

static void opening_time_out(struct opening *opening, const struct explanation *words)
{
	fuse_req_t request = opening_claim(opening);

	if (request)
		serve_fail_words(request, opening->entry.path, -ETIMEDOUT, words);
}

/* What the worker comes back with, if it does, is thrown away. */
static void opening_overdue(struct watch *watch, struct explanation *words)
{
	opening_time_out((struct opening *)((char *)watch - offsetof(struct opening, watch)),
			 words);
}

static void opening_refuse(struct work *work, const struct explanation *words)
{
	struct opening *opening = (struct opening *)work;

	opening_time_out(opening, words);
	reader_close(opening->reader);
	opening_free(opening);
}

/* A killed process waits for the answer to its open: it gets one, whatever the worker waits for. */
static void opening_interrupted(fuse_req_t request, void *data)
{
	struct serve *serve = data;
	struct opening *opening;

	if (!signals_end_wait(fuse_req_ctx(request)->pid))
		return;
	pthread_mutex_lock(&serve->lock);
	LIST_FOREACH(opening, &serve->openings, link)
	if (opening->request == request)
		break;
	if (opening) {
		opening->request = NULL;
		if (opening->reader)
			reader_interrupt(opening->reader, opening);
	}
	pthread_mutex_unlock(&serve->lock);
	if (opening)
		fuse_reply_err(request, EINTR);
}

void serve_open_table(fuse_req_t request, struct node *node, struct fuse_file_info *info)
{
	struct serve *serve = fuse_req_userdata(request);
	struct opening *opening = calloc(1, sizeof(*opening));

	if (!opening) {
		fuse_reply_err(request, ENOMEM);
		return;
	}
	*opening = (struct opening){
		.work = {.run = opening_run, .refuse = opening_refuse},
		.watch.overdue = opening_overdue,
		.serve = serve,
		.request = request,
		.info = *info,
		.node = node,
		.entry = node->entry,
		.caller = serve_caller(request),
	};
	pthread_mutex_lock(&serve->lock);
	LIST_INSERT_HEAD(&serve->openings, opening, link);
	pthread_mutex_unlock(&serve->lock);
	fuse_req_interrupt_func(request, opening_interrupted, serve);
	pool_submit(serve->pool, POOL_PROMPT, &opening->work);
}
