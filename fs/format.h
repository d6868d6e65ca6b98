/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A format turns the records of a schema into bytes for the reader.
 *
 * Text: a header, then a line a row; cells without a blank (escape.h), `-` for nothing, padded to
 * line up, the last one not. JSON: an object a line; integers beyond 2^53 are strings. CSV: RFC
 * 4180 with lines that end as files do here, in \n; cells escaped as in text but for the blank,
 * empty for nothing. Nested values are JSON in all three.
 */
#ifndef BPFVIEW_FORMAT_H
#define BPFVIEW_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct printer;
struct schema;

struct format {
	const char *suffix; /* of the file's name: "", ".json", ".csv" */
	void (*header)(struct buffer *out, const struct printer *printer);
	void (*row)(struct buffer *out, const struct printer *printer, const void *record);
};

extern const struct format format_text, format_json, format_csv;

/* One table being printed. */
struct printer {
	const struct schema *schema;
	const struct format *format;
	unsigned int *widths; /* of the text columns, fixed by the first batch */
	uint64_t rows; /* printed so far */
	int64_t boot; /* when the machine booted, by the clock when the table was opened */
	bool started; /* the header is out */
};

int printer_init(struct printer *printer, const struct schema *schema, const struct format *format);
void printer_free(struct printer *printer);

/*
 * Prints a batch of whole records; the first call also prints the header and settles the widths, so
 * call it once even for an empty table. 0, -EBADMSG for records that don't fit the schema, -ENOMEM.
 */
int printer_print(struct printer *printer, const void *records, size_t size, struct buffer *out);

#endif
