// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "buffer.h"
#include "clock.h"
#include "format.h"
#include "kind.h"
#include "raw.h"
#include "text.h"

int printer_init(struct printer *printer, const struct schema *schema, const struct format *format)
{
	memset(printer, 0, sizeof(*printer));
	printer->schema = schema;
	printer->format = format;
	printer->boot = clock_boot_now();
	printer->widths = calloc(schema->count ? schema->count : 1, sizeof(*printer->widths));
	return printer->widths ? 0 : -ENOMEM;
}

void printer_free(struct printer *printer)
{
	if (!printer)
		return;
	free(printer->widths);
	printer->widths = NULL;
}

static int printer_start(struct printer *printer, const void *records, size_t size,
			 struct buffer *out)
{
	int error = 0;

	if (printer->format == &format_text)
		error = text_settle_widths(printer, records, size);
	if (error)
		return error;
	printer->format->header(out, printer);
	printer->started = true;
	return 0;
}

/* A row is a line. */
static int printer_print_raw(struct printer *printer, const char *bytes, size_t size,
			     struct buffer *out)
{
	for (size_t i = 0; i < size; i++)
		printer->rows += bytes[i] == '\n';
	buffer_put(out, bytes, size);
	return out->failed ? -ENOMEM : 0;
}

int printer_print(struct printer *printer, const void *records, size_t size, struct buffer *out)
{
	const char *next = records;
	int error = 0;

	if (printer->format == &format_raw)
		return printer_print_raw(printer, records, size, out);
	clock_boot_use(printer->boot);
	if (!printer->started)
		error = printer_start(printer, records, size, out);
	while (!error && size) {
		long used = schema_record_size(printer->schema, next, size);

		if (used < 0)
			return (int)used;
		printer->format->row(out, printer, next);
		printer->rows++;
		next += used;
		size -= (size_t)used;
	}
	return error ? error : out->failed ? -ENOMEM : 0;
}
