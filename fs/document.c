// SPDX-License-Identifier: GPL-2.0-only
#include "document.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "buffer.h"

struct counted {
	struct document document;
	atomic_uint references;
	struct buffer bytes;
};

struct document *document_create(struct buffer *bytes)
{
	struct counted *counted = bytes->failed ? NULL : calloc(1, sizeof(*counted));

	if (!counted) {
		buffer_free(bytes);
		return NULL;
	}
	counted->references = 1;
	counted->bytes = *bytes;
	counted->document.bytes = bytes->data;
	counted->document.size = bytes->size;
	counted->document.time = time(NULL);
	*bytes = (struct buffer){0};
	return &counted->document;
}

struct document *document_get(struct document *document)
{
	((struct counted *)document)->references++;
	return document;
}

void document_put(struct document *document)
{
	struct counted *counted = (struct counted *)document;

	if (!counted || --counted->references)
		return;
	buffer_free(&counted->bytes);
	free(counted);
}
