/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An open table: a source's rows in a format, the same bytes at the same offset for as long as it
 * is open. A short table is made whole by reader_start(); of a long one the pool's bulk workers
 * make the rest, one filling batches from the source while others print them, as far ahead of
 * the reader as READER_AHEAD, or to the end when someone asks for the size.
 *
 * A fill that takes longer than the pool's limit is the table's end, as a failing one is:
 * -ETIMEDOUT.
 *
 * When the source fails, the rows so far end with a page (the last line is lengthened with blanks)
 * and a read beyond them gets the error: the page cache cuts a file at a short answer, so an error
 * in the middle of a page would look like the end.
 */
#ifndef BPFVIEW_READER_H
#define BPFVIEW_READER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct explanation;
struct format;
struct pool;
struct reader;
struct source;

#define READER_AHEAD (4 << 20)

/* How much larger the size of such a table is, for a read of its last block to meet the error. */
#define READER_BEYOND (1 << 17)

/* What the last whole reading of a table came to. */
struct usage {
	_Atomic uint64_t rows, bytes;
};

struct reader_answer {
	int error; /* negative errno or 0 */
	const struct explanation *words; /* of the error */
	const void *bytes; /* good until done() returns */
	size_t size; /* of bytes */
	uint64_t whole; /* to reader_size(): the table's size */
};

/* A request that may have to wait. done() is called once, with the reader locked. */
struct reader_wait {
	struct reader_wait *next;
	const void *key; /* who asks: for reader_interrupt() */
	uint64_t offset; /* set by reader_read() and reader_size() */
	size_t size;
	void (*done)(struct reader_wait *wait, const struct reader_answer *answer);
};

/* Takes the source, also on failure. usage may be NULL. 0, -ENOMEM or what printer_init() says. */
int reader_create(struct pool *pool, struct source *source, const struct format *format,
		  struct usage *usage, struct reader **out);

/*
 * Makes the first rows; call it once, from a worker that is watched. A negative errno when there is
 * nothing to read but the failure; the words are left to explain_take().
 */
int reader_start(struct reader *reader);

/* Whether it may be read by now. If not, so once reader_size() has answered; see source.h. */
bool reader_is_ready(struct reader *reader);

/* What reader_start() would have said, once the table has its end. */
int reader_failure(struct reader *reader);

/*
 * For a source that gives -EAGAIN, instead of reader_start(): there may be more rows. They are made
 * whether they are read or not.
 */
void reader_resume(struct reader *reader);

/* Ends it: whoever waits gets -EINTR. Accepts NULL. */
void reader_close(struct reader *reader);

/* Answers with all of [offset, offset + size) or all to the end; later, when it isn't there yet. */
void reader_read(struct reader *reader, struct reader_wait *wait, uint64_t offset, size_t size);

/* Answers with the size of the whole table once that is known. */
void reader_size(struct reader *reader, struct reader_wait *wait);

/* Answers the wait of that key with -EINTR, if it still waits. */
void reader_interrupt(struct reader *reader, const void *key);

#endif
