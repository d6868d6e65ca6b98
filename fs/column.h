/* SPDX-License-Identifier: GPL-2.0-only */
/* A column: where its cell is in a row, and the kind that shows it. */
#ifndef BPFVIEW_COLUMN_H
#define BPFVIEW_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct column;
struct shape;

/*
 * How a cell is shown. `cell` points at the value: column->size bytes in the row, or, for a text
 * column, at its first chunk.
 */
struct kind {
	const char *name; /* for README: "number", "text", "time" ... */
	bool right; /* text cells are right-aligned */
	bool after_row; /* the bytes come after the row, in chunks */
	bool ascii; /* so is its text: a byte is a character */
	/* True when the cell holds nothing: `-` in text, null in JSON, empty in CSV. NULL: never.
	 */
	bool (*none)(const struct column *column, const void *cell);
	/* The cell in text, without a blank or control character; never empty. */
	void (*text)(struct buffer *out, const struct column *column, const void *cell);
	/* The number whose decimal digits are the text, or false where it is another. NULL: never.
	 */
	bool (*digits)(const struct column *column, const void *cell, uint64_t *number);
	/* The cell as one JSON value, on one line. */
	void (*json)(struct buffer *out, const struct column *column, const void *cell);
};

struct column {
	const char *name; /* lower_snake_case */
	const char *about; /* what the name doesn't say, for README; NULL for nothing */
	const struct kind *kind;
	size_t offset; /* in the row, bytes */
	size_t size; /* bytes; 0 for text after the row */
	bool optional; /* the value `none` stands for nothing */
	int64_t none;
	const struct shape *shape; /* of an enum, a struct, an array ...; NULL for plain kinds */
	char *owned_name; /* and label and about; freed with the schema; NULL in static tables */
	const char *label; /* `"name":` for JSON, in owned_name; NULL: made each time */
	size_t label_size;
};

/* Kinds for static tables. Sizes: numbers 1, 2, 4, 8; chars any (NUL-terminated when shorter). */
extern const struct kind kind_unsigned, kind_signed, kind_bool, kind_chars;
extern const struct kind kind_hex; /* number as 0x..., as wide as the type; JSON string */
extern const struct kind kind_port; /* __be16, decimal */
extern const struct kind kind_ipv4, kind_ipv6; /* 4 and 16 bytes */
extern const struct kind kind_address; /* 4 or 16 bytes; family in the column before, past ports */
extern const struct kind kind_device; /* number of a device as major:minor; 4 bytes */
extern const struct kind kind_time; /* u64 ns since the epoch; RFC 3339 with 9 digits, UTC */
extern const struct kind kind_boottime; /* u64 ns since boot; shown as kind_time, to the ms */
extern const struct kind kind_text, kind_arguments, kind_path_up, kind_numbers; /* after the row */

#endif
