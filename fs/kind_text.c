// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "buffer.h"
#include "escape.h"
#include "kind.h"

/* The chunks of a text as one string. */
struct joined {
	char *bytes; /* NULL: no memory */
	size_t size;
	char *owned;
	char local[4096];
};

const void *chunks_end(const void *position)
{
	struct chunk chunk;

	do {
		chunk = chunk_at(position);
		position = chunk.bytes + chunk.size;
	} while (chunk.more);
	return position;
}

static void joined_init(struct joined *joined, struct buffer *out, size_t room)
{
	joined->owned = room > sizeof(joined->local) ? malloc(room) : NULL;
	joined->bytes = room > sizeof(joined->local) ? joined->owned : joined->local;
	joined->size = 0;
	if (!joined->bytes)
		out->failed = true;
}

static void join_chunks(struct joined *joined, struct buffer *out, const void *cell)
{
	struct chunk chunk;

	/* Room for the heads too, which costs nothing and saves a pass. */
	joined_init(joined, out, (size_t)((const char *)chunks_end(cell) - (const char *)cell));
	if (!joined->bytes)
		return;
	do {
		chunk = chunk_at(cell);
		memcpy(joined->bytes + joined->size, chunk.bytes, chunk.size);
		joined->size += chunk.size;
		cell = chunk.bytes + chunk.size;
	} while (chunk.more);
}

/* Leaf first in the record, root first in the path. */
static void join_path(struct joined *joined, struct buffer *out, const void *cell)
{
	size_t room = (size_t)((const char *)chunks_end(cell) - (const char *)cell);
	struct chunk chunk;
	char *start;

	joined_init(joined, out, room);
	if (!joined->bytes)
		return;
	start = joined->bytes + room;
	do {
		chunk = chunk_at(cell);
		cell = chunk.bytes + chunk.size;
		if (!chunk.size)
			continue;
		start -= chunk.size;
		memcpy(start, chunk.bytes, chunk.size);
		*--start = '/';
	} while (chunk.more);
	joined->size = (size_t)(joined->bytes + room - start);
	if (!joined->size)
		*--start = '/', joined->size = 1;
	joined->bytes = start;
}

/* The kernel keeps a process's arguments NUL-terminated, and those of some end in many NULs. */
static void join_arguments(struct joined *joined, struct buffer *out, const void *cell)
{
	join_chunks(joined, out, cell);
	while (joined->bytes && joined->size && !joined->bytes[joined->size - 1])
		joined->size--;
	for (size_t i = 0; joined->bytes && i < joined->size; i++) {
		if (!joined->bytes[i])
			joined->bytes[i] = ' ';
	}
}

static void joined_put(struct joined *joined, struct buffer *out,
		       void (*escape)(struct buffer *out, const char *bytes, size_t size))
{
	if (joined->bytes)
		escape(out, joined->bytes, joined->size);
	free(joined->owned);
}

static size_t chars_length(const struct column *column, const void *cell)
{
	return strnlen(cell, column->size);
}

static bool chars_none(const struct column *column, const void *cell)
{
	return chars_length(column, cell) == 0;
}

static void chars_text(struct buffer *out, const struct column *column, const void *cell)
{
	escape_text(out, cell, chars_length(column, cell));
}

static void chars_json(struct buffer *out, const struct column *column, const void *cell)
{
	escape_json(out, cell, chars_length(column, cell));
}

static bool text_none(const struct column *column, const void *cell)
{
	struct chunk chunk;

	(void)column;
	do {
		chunk = chunk_at(cell);
		cell = chunk.bytes + chunk.size;
	} while (!chunk.size && chunk.more);
	return chunk.size == 0;
}

static void put_text(struct buffer *out, const void *cell,
		     void (*escape)(struct buffer *out, const char *bytes, size_t size))
{
	struct chunk chunk = chunk_at(cell);
	struct joined joined;

	if (!chunk.more) {
		escape(out, chunk.bytes, chunk.size);
		return;
	}
	join_chunks(&joined, out, cell);
	joined_put(&joined, out, escape);
}

static void text_text(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	put_text(out, cell, escape_text);
}

static void text_json(struct buffer *out, const struct column *column, const void *cell)
{
	(void)column;
	put_text(out, cell, escape_json);
}

static bool arguments_none(const struct column *column, const void *cell)
{
	struct chunk chunk;
	size_t nuls;

	(void)column;
	do {
		chunk = chunk_at(cell);
		cell = chunk.bytes + chunk.size;
		nuls = 0;
		while (nuls < chunk.size && !chunk.bytes[nuls])
			nuls++;
	} while (nuls == chunk.size && chunk.more);
	return nuls == chunk.size;
}

static void arguments_text(struct buffer *out, const struct column *column, const void *cell)
{
	struct joined joined;

	(void)column;
	join_arguments(&joined, out, cell);
	joined_put(&joined, out, escape_text);
}

static void arguments_json(struct buffer *out, const struct column *column, const void *cell)
{
	struct joined joined;

	(void)column;
	join_arguments(&joined, out, cell);
	joined_put(&joined, out, escape_json);
}

/* The root is a component of no length: its chunk says that more follows. */
static bool path_up_none(const struct column *column, const void *cell)
{
	struct chunk chunk = chunk_at(cell);

	(void)column;
	return !chunk.size && !chunk.more;
}

static void path_up_text(struct buffer *out, const struct column *column, const void *cell)
{
	struct joined joined;

	(void)column;
	join_path(&joined, out, cell);
	joined_put(&joined, out, escape_text);
}

static void path_up_json(struct buffer *out, const struct column *column, const void *cell)
{
	struct joined joined;

	(void)column;
	join_path(&joined, out, cell);
	joined_put(&joined, out, escape_json);
}

const struct kind kind_chars = {"text", .none = chars_none, .text = chars_text, .json = chars_json};
const struct kind kind_text = {"text", .after_row = true, .none = text_none, .text = text_text,
			       .json = text_json};
const struct kind kind_arguments = {"arguments", .after_row = true, .none = arguments_none,
				    .text = arguments_text, .json = arguments_json};
const struct kind kind_path_up = {"path", .after_row = true, .none = path_up_none,
				  .text = path_up_text, .json = path_up_json};
