// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"
#include "format.h"
#include "kind.h"

static void json_header(struct buffer *out, const struct printer *printer)
{
	(void)out;
	(void)printer;
}

static void json_row(struct buffer *out, const struct printer *printer, const void *bytes)
{
	const struct schema *schema = printer->schema;
	struct record record = record_at(schema, bytes);

	for (unsigned int i = 0; i < schema->count; i++) {
		const struct column *column = &schema->columns[i];
		const void *cell = record_cell(&record, column);

		buffer_put_char(out, i ? ',' : '{');
		column_put_label(out, column);
		if (column_is_none(column, cell))
			buffer_put(out, "null", 4);
		else
			column->kind->json(out, column, cell);
	}
	buffer_put(out, "}\n", 2);
}

const struct format format_json = {".json", json_header, json_row};
