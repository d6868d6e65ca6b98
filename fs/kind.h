/* SPDX-License-Identifier: GPL-2.0-only */
/* What kinds and formats share: kinds that only BTF leads to, and how a cell is found and read. */
#ifndef BPFVIEW_KIND_H
#define BPFVIEW_KIND_H

#include <string.h>

#include "column.h"
#include "schema.h"

extern const struct kind kind_bytes; /* hex without 0x; any size */
extern const struct kind kind_float; /* 4 or 8 bytes */
extern const struct kind kind_null; /* what the kernel keeps to itself: locks, timers */
/* These have a shape. */
extern const struct kind kind_enum; /* 1 to 8 bytes */
extern const struct kind kind_flags; /* a list of the enum's names */
extern const struct kind kind_struct; /* also unions and sections of variables */
extern const struct kind kind_array, kind_percpu;
extern const struct kind kind_bits; /* a bitfield */

/* The `none` of kinds that are a number: equals column->none, when that is set. */
bool number_none(const struct column *column, const void *cell);

/* A number of 1, 2, 4 or 8 bytes, in host order. */
static inline uint64_t load_unsigned(const void *cell, size_t size)
{
	uint64_t wide = 0;
	uint32_t word;
	uint16_t half;

	switch (size) {
	case 1:
		return *(const uint8_t *)cell;
	case 2:
		memcpy(&half, cell, sizeof(half));
		return half;
	case 4:
		memcpy(&word, cell, sizeof(word));
		return word;
	default:
		memcpy(&wide, cell, sizeof(wide));
		return wide;
	}
}

static inline int64_t load_signed(const void *cell, size_t size)
{
	uint64_t value = load_unsigned(cell, size);

	switch (size) {
	case 1:
		return (int8_t)value;
	case 2:
		return (int16_t)value;
	case 4:
		return (int32_t)value;
	default:
		return (int64_t)value;
	}
}

/* Compared as wide as the cell, which has 8 bytes at most, so that -1 is all its bits in any type.
 */
static inline bool number_is(const struct column *column, const void *cell, int64_t number)
{
	unsigned int bits = 64 - 8 * (unsigned int)column->size;

	return load_unsigned(cell, column->size) == (uint64_t)number << bits >> bits;
}

static inline bool column_is_none(const struct column *column, const void *cell)
{
	if (!column->kind->none)
		return false;
	if (column->kind->none == number_none && column->size <= sizeof(uint64_t))
		return column->optional && number_is(column, cell, column->none);
	return column->kind->none(column, cell);
}

/* `"name":` */
void column_put_label(struct buffer *out, const struct column *column);

/* A chunk of a text column; more of the same text follows when `more` is set. */
struct chunk {
	const char *bytes;
	size_t size;
	bool more;
};

static inline struct chunk chunk_at(const void *position)
{
	uint16_t head;

	memcpy(&head, position, sizeof(head));
	return (struct chunk){(const char *)position + sizeof(head), head & 0x7fff, head >> 15};
}

/* Where the text that starts at position ends. */
const void *chunks_end(const void *position);

/* A record whose cells are asked for in the order of its columns. */
struct record {
	const char *row;
	const void *text; /* the next text column's first chunk */
};

static inline struct record record_at(const struct schema *schema, const void *bytes)
{
	return (struct record){bytes, (const char *)bytes + schema->row_size};
}

static inline const void *record_cell(struct record *record, const struct column *column)
{
	const void *cell = record->text;

	if (!column->kind->after_row)
		return record->row + column->offset;
	record->text = chunks_end(cell);
	return cell;
}

#endif
