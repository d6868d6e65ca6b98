/* SPDX-License-Identifier: GPL-2.0-only */
/* A file's bytes, which never change, and which many may hold on to. Any thread. */
#ifndef BPFVIEW_DOCUMENT_H
#define BPFVIEW_DOCUMENT_H

#include <stddef.h>
#include <time.h>

struct buffer;

struct document {
	const char *bytes;
	size_t size;
	time_t time; /* of its making */
};

/* With one reference, out of a buffer's bytes; the buffer is empty then. NULL: no memory. */
struct document *document_create(struct buffer *bytes);
struct document *document_get(struct document *document);
void document_put(struct document *document); /* NULL is fine */

#endif
