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
static size_t cell_width(const struct buffer *out, size_t start, const struct column *column)
{
	size_t width = out->size - start;

	if (column->kind->right)
		return width;
	for (size_t i = start; i < out->size; i++)
		width -= (out->data[i] & 0xc0) == 0x80;
	return width;
}

/* Pads the cell that begins at start, and parts it from the next. */
static void finish_cell(struct buffer *out, size_t start, const struct column *column,
			unsigned int width)
{
	size_t used = cell_width(out, start, column), pad = width > used ? width - used : 0;
	char *cell;

	if (!buffer_room(out, pad + 1))
		return;
	cell = out->data + start;
	if (column->kind->right && pad) {
		memmove(cell + pad, cell, out->size - start);
		memset(cell, ' ', pad);
		cell[pad + used] = ' ';
	} else {
		memset(out->data + out->size, ' ', pad + 1);
	}
	out->size += pad + 1;
}

static void text_header(struct buffer *out, const struct printer *printer)
{
	const struct schema *schema = printer->schema;

	for (unsigned int i = 0; i < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		size_t start = out->size;

		for (const char *c = column->name; *c; c++)
			buffer_put_char(out, (char)toupper((unsigned char)*c));
		if (i + 1 < schema->count)
			finish_cell(out, start, column, printer->widths[i]);
	}
	buffer_put_char(out, '\n');
}

static void text_row(struct buffer *out, const struct printer *printer, const void *bytes)
{
	const struct schema *schema = printer->schema;
	struct record record = record_at(schema, bytes);

	for (unsigned int i = 0; i < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		size_t start = out->size;

		put_cell(out, column, record_cell(&record, column));
		if (i + 1 < schema->count)
			finish_cell(out, start, column, printer->widths[i]);
	}
	buffer_put_char(out, '\n');
}

static void measure_row(struct printer *printer, const void *bytes, struct buffer *scratch)
{
	const struct schema *schema = printer->schema;
	struct record record = record_at(schema, bytes);

	for (unsigned int i = 0; i < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		const void *cell = record_cell(&record, column);
		size_t width;

		if (i + 1 == schema->count)
			break;
		scratch->size = 0;
		put_cell(scratch, column, cell);
		width = cell_width(scratch, 0, column);
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
		printer->widths[i] = (unsigned int)strlen(schema->columns[i].name);
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
