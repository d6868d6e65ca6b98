// SPDX-License-Identifier: GPL-2.0-only
#include "inbox.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dissector.h"
#include "exchange.h"
#include "explain.h"
#include "format.h"
#include "inbox_last.h"
#include "inbox_stream.h"
#include "pool.h"
#include "tree.h"

#define AHEAD_LEAST (1 << 20) /* bytes of packets */

struct inbox {
	struct work work;
	struct pool *pool;
	pthread_mutex_t lock; /* of the queue; all else belongs to the worker that runs */
	struct inbox_request *first, **last;
	bool running;
	const struct format *format;
	uid_t user;
	uint32_t flags;
	char *name; /* its path */
	struct dissectors dissectors;
	bool reads;
	struct stream *stream; /* NULL: what is read is a result, which begins at the first read */
	struct exchange *exchange; /* NULL before the first write */
	bool failed; /* a write has had the error */
	bool finished; /* and published; more writes may follow all the same */
	/* Of a result that will be long: its rows are printed while packets still come. */
	struct reader *ahead;
	struct source *ahead_source; /* the reader's */
	struct reader *reader; /* of the result; the next write begins a new exchange */
	uint64_t begin; /* of what was written */
	uint64_t end; /* of what was written: the result begins there for a reader in sequence */
	uint64_t base; /* where the result begins */
};

static uint64_t results_most; /* bytes */

void inbox_set_limit(unsigned int limit)
{
	results_most = (uint64_t)limit << 20;
}

static void request_answer(struct inbox_request *request, int error)
{
	struct explanation words;
	struct reader_answer answer = {.error = error, .words = &words};

	explain_take(&words);
	request->wait.done(&request->wait, &answer);
}

static void exchange_drop(struct inbox *inbox)
{
	reader_close(inbox->reader);
	reader_close(inbox->ahead);
	inbox->reader = inbox->ahead = NULL;
	if (inbox->exchange)
		exchange_end(inbox->exchange);
	exchange_put(inbox->exchange);
	inbox->exchange = NULL;
	inbox->failed = inbox->finished = false;
}

static void inbox_print_ahead(struct inbox *inbox)
{
	if (!inbox->ahead && inbox->reads && inbox->end - inbox->begin >= AHEAD_LEAST) {
		inbox->ahead_source = exchange_follow(inbox->exchange);
		if (!inbox->ahead_source || reader_create(inbox->pool, inbox->ahead_source,
							  inbox->format, NULL, &inbox->ahead))
			return; /* then they are printed when they are read */
	}
	if (inbox->ahead)
		reader_resume(inbox->ahead);
}

static int inbox_write(struct inbox *inbox, const struct inbox_request *request)
{
	const struct exchange_options options = {
		.flags = inbox->flags,
		.input_most = inbox->stream ? UINT64_MAX : 4 * results_most,
		.results_most = results_most,
	};
	int error = -ENOMEM;

	if (inbox->reader)
		exchange_drop(inbox);
	if (!inbox->exchange) {
		inbox->exchange = exchange_create(&inbox->dissectors, &options);
		inbox->begin = request->offset;
	}
	if (inbox->exchange)
		error = exchange_write(inbox->exchange, request->bytes, request->size);
	inbox->failed = inbox->failed || error;
	inbox->finished = false;
	inbox->end = request->offset + request->size;
	if (!error && !inbox->stream)
		inbox_print_ahead(inbox);
	return error;
}

/* The end of the packets, for all that is known: a copy of the descriptor may go on writing. */
static int inbox_finish(struct inbox *inbox)
{
	int error;

	if (!inbox->exchange || inbox->failed || inbox->finished || inbox->stream)
		return 0;
	error = exchange_finish(inbox->exchange);
	if (error)
		return error;
	inbox->finished = true;
	inbox_last_set(inbox->user, inbox->name, inbox->exchange);
	return 0;
}

static int inbox_start_reader(struct inbox *inbox)
{
	struct source *source;
	int error = inbox_finish(inbox);

	if (error)
		return error;
	if (!inbox->exchange || inbox->failed)
		return explain(-ENODATA, "write packets first", "no packets were written");
	inbox->base = inbox->end;
	if (inbox->ahead) {
		exchange_follow_end(inbox->ahead_source);
		reader_resume(inbox->ahead);
		inbox->reader = inbox->ahead;
		inbox->ahead = NULL;
		return 0;
	}
	source = exchange_source(inbox->exchange);
	if (!source)
		return -ENOMEM;
	error = reader_create(inbox->pool, source, inbox->format, NULL, &inbox->reader);
	return error ? error : reader_start(inbox->reader);
}

/*
 * The position of a descriptor moves with its writes, so that a reader that goes on from there, and
 * one that has gone back to 0, both mean the beginning.
 */
static void inbox_read(struct inbox *inbox, struct inbox_request *request)
{
	int error = inbox->reader ? 0 : inbox_start_reader(inbox);

	if (error) {
		request_answer(request, error);
		return;
	}
	if (request->offset == 0)
		inbox->base = 0;
	if (request->offset < inbox->base) {
		request_answer(request, explain(-EINVAL, "read on from the last write, or from 0",
						"the result does not begin here"));
		return;
	}
	reader_read(inbox->reader, &request->wait, request->offset - inbox->base, request->size);
}

static void inbox_read_stream(struct inbox *inbox, struct inbox_request *request)
{
	struct reader_answer answer = {.size = request->size};

	if (!inbox->exchange)
		answer.size = 0;
	else
		answer.error =
			stream_read(inbox->stream, inbox->exchange, &answer.bytes, &answer.size);
	request->wait.done(&request->wait, &answer);
}

static void inbox_carry_out(struct inbox *inbox, struct inbox_request *request)
{
	switch (request->operation) {
	case INBOX_WRITE:
		request_answer(request, inbox_write(inbox, request));
		break;
	case INBOX_FLUSH:
		request_answer(request, inbox_finish(inbox));
		break;
	case INBOX_READ:
		(inbox->stream ? inbox_read_stream : inbox_read)(inbox, request);
		break;
	case INBOX_CLOSE:
		break;
	}
}

static void inbox_free(struct inbox *inbox)
{
	exchange_drop(inbox);
	dissectors_put(&inbox->dissectors);
	stream_free(inbox->stream);
	free(inbox->name);
	pthread_mutex_destroy(&inbox->lock);
	free(inbox);
}

static struct inbox_request *inbox_take(struct inbox *inbox)
{
	struct inbox_request *request;

	pthread_mutex_lock(&inbox->lock);
	request = inbox->first;
	if (request)
		inbox->first = request->next;
	if (!inbox->first)
		inbox->last = &inbox->first;
	inbox->running = request != NULL;
	pthread_mutex_unlock(&inbox->lock);
	return request;
}

static void inbox_run(struct work *work)
{
	struct inbox *inbox = (struct inbox *)work;
	struct inbox_request *request;

	while ((request = inbox_take(inbox))) {
		if (request->operation == INBOX_CLOSE) {
			inbox_free(inbox);
			request_answer(request, 0);
			return;
		}
		inbox_carry_out(inbox, request);
	}
}

static void inbox_refuse(struct work *work, const struct explanation *words)
{
	struct inbox *inbox = (struct inbox *)work;
	struct inbox_request *request;

	while ((request = inbox_take(inbox))) {
		if (request->operation == INBOX_CLOSE) {
			inbox_free(inbox);
			request_answer(request, 0);
			return;
		}
		request_answer(request, explain(-ETIMEDOUT, words->hint, "%s", words->message));
	}
}

int inbox_create(struct pool *pool, const struct entry *entry, const struct dissectors *dissectors,
		 uid_t user, bool reads, struct inbox **out)
{
	struct inbox *inbox = calloc(1, sizeof(*inbox));
	char *name = inbox_last_name(entry);
	struct stream *stream = entry->streams ? stream_create(entry->format) : NULL;

	if (!inbox || !name || (entry->streams && !stream)) {
		stream_free(stream);
		free(inbox);
		free(name);
		return -ENOMEM;
	}
	inbox->name = name;
	inbox->stream = stream;
	inbox->dissectors = *dissectors;
	pthread_mutex_init(&inbox->lock, NULL);
	inbox->work.run = inbox_run;
	inbox->work.refuse = inbox_refuse;
	inbox->pool = pool;
	inbox->last = &inbox->first;
	inbox->format = entry->format;
	inbox->user = user;
	inbox->reads = reads;
	inbox->flags = entry->flags;
	*out = inbox;
	return 0;
}

void inbox_submit(struct inbox *inbox, struct inbox_request *request)
{
	bool start;

	request->next = NULL;
	pthread_mutex_lock(&inbox->lock);
	*inbox->last = request;
	inbox->last = &request->next;
	start = !inbox->running;
	inbox->running = true;
	pthread_mutex_unlock(&inbox->lock);
	if (start)
		pool_submit(inbox->pool, POOL_PROMPT, &inbox->work);
}
