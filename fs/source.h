/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A source of rows: an iterator, a map's elements, the daemon's own lists, a dissector's results.
 * Rows come as binary records whose shape is the source's schema.
 */
#ifndef BPFVIEW_SOURCE_H
#define BPFVIEW_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct schema;
struct source;

/* A kernel iterator gives whole records only to a buffer of its own size: 8 pages. */
#define SOURCE_BATCH 32768

struct source_operations {
	/*
	 * Puts whole records into a buffer of at least source_batch() bytes. Returns their bytes, 0
	 * at the end, -EAGAIN when there is none for now (resume() or reader_resume() says when),
	 * or another negative errno. Called by one thread at a time, not always the same one.
	 */
	ssize_t (*fill)(struct source *source, void *records, size_t size);
	void (*free)(struct source *source);
};

struct source {
	const struct source_operations *operations;
	const struct schema *schema; /* lives as long as the source */
	size_t batch; /* bytes that fill needs for one row; 0 when SOURCE_BATCH is enough */
	bool whole; /* no read of the table may have to wait for its rows */
	/* Set by the reader: after an -EAGAIN there may be more. Any thread; locks the reader. */
	void (*resume)(void *reader);
	void *reader;
};

/* How large a buffer to fill. */
static inline size_t source_batch(const struct source *source)
{
	return source->batch > SOURCE_BATCH ? source->batch : SOURCE_BATCH;
}

static inline ssize_t source_fill(struct source *source, void *records, size_t size)
{
	return source->operations->fill(source, records, size);
}

static inline void source_free(struct source *source)
{
	if (source)
		source->operations->free(source);
}

#endif
