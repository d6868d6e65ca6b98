// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <ctype.h>
#include <errno.h>

#include "buffer.h"
#include "format.h"
#include "kind.h"

/* A longer cell sticks out, rather than push the others of all rows off the screen. */
#define WIDEST 64

static void put_cell(struct buffer *out, const struct column *column, const void *cell)
{
	if (column_is_none(column, cell))
		buffer_put_char(out, '-');
	else
		column->kind->text(out, column, cell);
}

/* Characters from start on: the bytes that don't go on with one of UTF-8. */
static size_t count_characters(const struct buffer *out, size_t start)
{
	size_t count = out->size - start, i = start;
	uint64_t word;

	while (out->size - i >= sizeof(word)) {
		memcpy(&word, out->data + i, sizeof(word));
		if (word & 0x8080808080808080ULL)
			break;
		i += sizeof(word);
	}
	for (; i < out->size; i++)
		count -= (out->data[i] & 0xc0) == 0x80;
	return count;
}

/* Blanks up to width. A size that the compiler knows is far quicker to write than one it doesn't.
 */
static void put_padding(struct buffer *out, size_t width, size_t used)
{
	if (width <= used || !buffer_room(out, WIDEST))
		return;
	memset(out->data + out->size, ' ', WIDEST);
	out->size += width - used;
}

/* What the kind can tell without writing the cell, or 0. */
static size_t known_width(const struct column *column, const void *cell)
{
	if (!column->kind->width || column_is_none(column, cell))
		return 0;
	return column->kind->width(column, cell);
}

/* Pads a cell that has been written; width is at most WIDEST. */
static void pad_cell(struct buffer *out, size_t start, bool right, size_t width)
{
	size_t used = count_characters(out, start), size = out->size - start;

	put_padding(out, width, used);
	if (right && out->size - start > size) {
		char *cell = out->data + start;
		size_t pad = out->size - start - size;

		memmove(cell + pad, cell, size);
		memset(cell, ' ', pad);
	}
}

static void put_padded(struct buffer *out, const struct column *column, const void *cell,
		       unsigned int width)
{
	size_t used = known_width(column, cell);
	size_t start = out->size;

	/* Else what was just written is moved, and the processor stalls on it. */
	if (used) {
		put_padding(out, width, used);
		column->kind->text(out, column, cell);
	} else {
		put_cell(out, column, cell);
		pad_cell(out, start, column->kind->right, width);
	}
	buffer_put_char(out, ' ');
}

static void text_header(struct buffer *out, const struct printer *printer)
{
	const struct schema *schema = printer->schema;

	for (unsigned int i = 0; i < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		size_t start = out->size;

		for (const char *c = column->name; *c; c++)
			buffer_put_char(out, (char)toupper((unsigned char)*c));
		if (i + 1 == schema->count)
			break;
		pad_cell(out, start, column->kind->right, printer->widths[i]);
		buffer_put_char(out, ' ');
	}
	buffer_put_char(out, '\n');
}

static void text_row(struct buffer *out, const struct printer *printer, const void *bytes)
{
	const struct schema *schema = printer->schema;
	struct record record = record_at(schema, bytes);

	for (unsigned int i = 0; i < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		const void *cell = record_cell(&record, column);

		if (i + 1 < schema->count)
			put_padded(out, column, cell, printer->widths[i]);
		else
			put_cell(out, column, cell);
	}
	buffer_put_char(out, '\n');
}

static void measure_row(struct printer *printer, const void *bytes, struct buffer *scratch)
{
	const struct schema *schema = printer->schema;
	struct record record = record_at(schema, bytes);

	for (unsigned int i = 0; i + 1 < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		const void *cell = record_cell(&record, column);
		size_t width = known_width(column, cell);

		if (!width) {
			scratch->size = 0;
			put_cell(scratch, column, cell);
			width = count_characters(scratch, 0);
		}
		if (width > WIDEST)
			width = WIDEST;
		if (width > printer->widths[i])
			printer->widths[i] = (unsigned int)width;
	}
}

int text_settle_widths(struct printer *printer, const void *records, size_t size)
{
	const struct schema *schema = printer->schema;
	struct buffer scratch = {0};
	const char *next = records;
	bool failed;

	for (unsigned int i = 0; i < schema->count; i++)
		printer->widths[i] = (unsigned int)strnlen(schema->columns[i].name, WIDEST);
	while (size) {
		long used = schema_record_size(schema, next, size);

		if (used < 0)
			break;
		measure_row(printer, next, &scratch);
		next += used;
		size -= (size_t)used;
	}
	failed = scratch.failed;
	buffer_free(&scratch);
	return failed ? -ENOMEM : 0;
}

const struct format format_text = {"", text_header, text_row};
