/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file that takes packets and gives their flow keys. What is written to one open of it up to the
 * first read is an exchange; what is read from the same open then is its result. A close, also of a
 * copy of the descriptor, publishes what there is so far: it becomes the user's last exchange,
 * which an open for reading alone shows. A stream is one capture without an end instead: a read
 * gives the rows there are by then that no read has given. Requests are carried out in their order,
 * by workers.
 */
#ifndef BPFVIEW_INBOX_H
#define BPFVIEW_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "reader.h"

struct caller;
struct dissectors;
struct entry;
struct inbox;

/* In each of its folders. */
#define INBOX_NAME  "input"
#define STREAM_NAME "stream"

enum inbox_operation {
	INBOX_WRITE,
	INBOX_READ,
	INBOX_FLUSH,
	INBOX_CLOSE, /* the last one; frees the inbox */
};

/* A request to an inbox; the caller's, until done(). Zeroed but for what is set. */
struct inbox_request {
	struct inbox_request *next;
	enum inbox_operation operation;
	uint64_t offset; /* of a write or read */
	size_t size;
	const void *bytes; /* of a write */
	/* As in reader.h: called once, from a worker. The words of an error are in the answer. */
	struct reader_wait wait;
};

/* Takes the references to the dissectors, if it succeeds. reads: the open is for reading too. */
int inbox_create(struct pool *pool, const struct entry *entry, const struct dissectors *dissectors,
		 uid_t user, bool reads, struct inbox **out);

/* Queues a request. */
void inbox_submit(struct inbox *inbox, struct inbox_request *request);

/* The rows of the user's last exchange with that inbox; -ENODATA when there was none. */
int inbox_open_last(const struct entry *entry, const struct caller *caller, struct source **out);

/* Of a stream, which is nothing without a writer: -EINVAL. */
int inbox_open_stream(const struct entry *entry, const struct caller *caller, struct source **out);

/* exchange_explain() of the last exchange with the inbox beside that entry. */
int inbox_open_explain(const struct entry *entry, const struct caller *caller, struct source **out);

/* Before any exchange: so many MiB of results may one have, and four times that of packets. */
void inbox_set_limit(unsigned int limit);

#endif
