// SPDX-License-Identifier: GPL-2.0-only
#include "inbox_stream.h"

#include <stdlib.h>

#include "buffer.h"
#include "exchange.h"
#include "exchange_row.h"
#include "format.h"

struct stream {
	struct printer printer;
	struct buffer printed;
	size_t given; /* of what is printed */
};

struct stream *stream_create(const struct format *format)
{
	struct stream *stream = calloc(1, sizeof(*stream));

	if (stream && !printer_init(&stream->printer, &exchange_schema, format))
		return stream;
	free(stream);
	return NULL;
}

void stream_free(struct stream *stream)
{
	if (!stream)
		return;
	printer_free(&stream->printer);
	buffer_free(&stream->printed);
	free(stream);
}

int stream_read(struct stream *stream, struct exchange *exchange, const void **bytes, size_t *size)
{
	size_t left = stream->printed.size - stream->given;
	int error = 0;

	if (!left) {
		stream->printed.size = stream->given = 0;
		error = exchange_print(exchange, &stream->printer, &stream->printed);
		left = stream->printed.size;
	}
	if (*size > left)
		*size = left;
	*bytes = stream->printed.data + stream->given;
	stream->given += *size;
	return error;
}
