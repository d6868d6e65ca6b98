// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"
#include "format.h"
#include "kind.h"

static void csv_header(struct buffer *out, const struct printer *printer)
{
	const struct schema *schema = printer->schema;

	for (unsigned int i = 0; i < schema->count; i++) {
		if (i)
			buffer_put_char(out, ',');
		buffer_put_string(out, schema->columns[i].name);
	}
	buffer_put_char(out, '\n');
}

/*
 * Takes back, from start on, the escapes that only text needs: of the blank, and of a lone `-`.
 * Each backslash of a cell begins an escape, so what follows one is skipped.
 */
static void restore_blanks(struct buffer *out, size_t start)
{
	char *data = out->data, *first = memchr(data + start, '\\', out->size - start);
	size_t from = first ? (size_t)(first - data) : out->size, to = from;

	while (from < out->size) {
		if (data[from] != '\\' || out->size - from < 2) {
			data[to++] = data[from++];
		} else if (out->size - from >= 4 && (memcmp(data + from, "\\x20", 4) == 0 ||
						     memcmp(data + from, "\\x2d", 4) == 0)) {
			data[to++] = data[from + 3] == '0' ? ' ' : '-';
			from += 4;
		} else {
			data[to++] = data[from++];
			data[to++] = data[from++];
		}
	}
	out->size = to;
}

static bool needs_quotes(const char *cell, size_t size)
{
	return size && (cell[0] == ' ' || cell[size - 1] == ' ' || memchr(cell, ',', size) ||
			memchr(cell, '"', size));
}

static void quote_cell(struct buffer *out, size_t start)
{
	size_t quotes = 2, from = out->size, to;

	for (size_t i = start; i < out->size; i++)
		quotes += out->data[i] == '"';
	if (!buffer_room(out, quotes))
		return;
	/* From the end, so that no byte is overwritten before it is moved. */
	out->size += quotes;
	to = out->size;
	out->data[--to] = '"';
	while (from > start) {
		out->data[--to] = out->data[--from];
		if (out->data[to] == '"')
			out->data[--to] = '"';
	}
	out->data[start] = '"';
}

static void csv_row(struct buffer *out, const struct printer *printer, const void *bytes)
{
	const struct schema *schema = printer->schema;
	struct record record = record_at(schema, bytes);

	for (unsigned int i = 0; i < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		const void *cell = record_cell(&record, column);
		size_t start;

		if (i)
			buffer_put_char(out, ',');
		start = out->size;
		if (column_is_none(column, cell))
			continue;
		column->kind->text(out, column, cell);
		if (column->kind->right || out->failed)
			continue;
		restore_blanks(out, start);
		if (needs_quotes(out->data + start, out->size - start))
			quote_cell(out, start);
	}
	buffer_put_char(out, '\n');
}

const struct format format_csv = {".csv", csv_header, csv_row};
