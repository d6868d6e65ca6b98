// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <ctype.h>
#include <endian.h>
#include <errno.h>

#include "buffer.h"
#include "format.h"
#include "kind.h"

/* A longer cell sticks out, rather than push the others of all rows off the screen. */
#define WIDEST	  64
#define HIGH_BITS 0x8080808080808080ULL

static void put_cell(struct buffer *out, const struct column *column, const void *cell)
{
	if (column_is_none(column, cell))
		buffer_put_char(out, '-');
	else
		column->kind->text(out, column, cell);
}

static uint64_t load_word(const char *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* Up to 7 bytes at the end: a word of them and what is before them, which is shifted out. */
static bool is_ascii_tail(const struct buffer *out, size_t size)
{
	uint64_t word;

	if (out->size < sizeof(word))
		return false;
	word = le64toh(load_word(out->data + out->size - sizeof(word)));
	return !size || !(word >> 8 * (sizeof(word) - size) & HIGH_BITS);
}

/* False may also be said of a few bytes. The last word overlaps the one before it. */
static bool is_ascii(const struct buffer *out, size_t start)
{
	size_t size = out->size - start;

	if (size < sizeof(uint64_t))
		return is_ascii_tail(out, size);
	for (size_t i = 0; i < size - sizeof(uint64_t); i += sizeof(uint64_t))
		if (load_word(out->data + start + i) & HIGH_BITS)
			return false;
	return !(load_word(out->data + out->size - sizeof(uint64_t)) & HIGH_BITS);
}

/* Characters from start on: the bytes that don't go on with one of UTF-8. */
static size_t count_characters(const struct buffer *out, size_t start)
{
	size_t count = out->size - start;

	if (is_ascii(out, start))
		return count;
	for (size_t i = start; i < out->size; i++)
		count -= (out->data[i] & 0xc0) == 0x80;
	return count;
}

/* Pads a cell that has been written, of so many characters; width is at most WIDEST. */
static void pad_cell(struct buffer *out, size_t start, size_t used, bool right, size_t width)
{
	size_t size = out->size - start;

	if (width > used)
		buffer_put_blanks(out, width - used);
	if (right && out->size - start > size) {
		char *cell = out->data + start;
		size_t pad = out->size - start - size;

		memmove(cell + pad, cell, size);
		memset(cell, ' ', pad);
	}
}

static void put_nothing(struct buffer *out, bool right, unsigned int width)
{
	if (!buffer_room(out, WIDEST))
		return;
	if (!width) /* of a column without a name, which had no row when widths were settled */
		width = 1;
	memset(out->data + out->size, ' ', WIDEST);
	out->data[out->size + (right ? width - 1 : 0)] = '-';
	out->size += width;
}

static bool cell_digits(const struct column *column, const void *cell, uint64_t *number)
{
	return column->kind->digits && column->kind->digits(column, cell, number);
}

static void put_padded(struct buffer *out, const struct column *column, const void *cell,
		       unsigned int width)
{
	size_t start = out->size;
	uint64_t number;

	if (column_is_none(column, cell)) {
		put_nothing(out, column->kind->right, width);
	} else if (cell_digits(column, cell, &number)) {
		/* Else what was just written is moved, and the processor stalls on it. */
		buffer_put_padded(out, number, width);
	} else {
		column->kind->text(out, column, cell);
		pad_cell(out, start,
			 column->kind->ascii ? out->size - start : count_characters(out, start),
			 column->kind->right, width);
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
		pad_cell(out, start, count_characters(out, start), column->kind->right,
			 printer->widths[i]);
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

static size_t cell_width(const struct column *column, const void *cell, struct buffer *scratch)
{
	uint64_t number;

	if (column_is_none(column, cell))
		return 1;
	if (cell_digits(column, cell, &number))
		return count_digits(number);
	scratch->size = 0;
	column->kind->text(scratch, column, cell);
	return count_characters(scratch, 0);
}

static void measure_row(struct printer *printer, const void *bytes, struct buffer *scratch)
{
	const struct schema *schema = printer->schema;
	struct record record = record_at(schema, bytes);

	for (unsigned int i = 0; i + 1 < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		size_t width = cell_width(column, record_cell(&record, column), scratch);

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
