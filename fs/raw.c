// SPDX-License-Identifier: GPL-2.0-only
#include "raw.h"

#include <errno.h>

#include "buffer.h"
#include "format.h"
#include "records.h"
#include "schema.h"

const struct format format_raw = {.suffix = ""};
const struct schema raw_schema = {.row_size = 1};

int raw_source(struct buffer *bytes, struct source **out)
{
	struct buffer taken = *bytes;

	*bytes = (struct buffer){0};
	if (!taken.failed)
		return records_source(&raw_schema, taken.data, taken.size, out);
	buffer_free(&taken);
	return -ENOMEM;
}
