// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "exchange_inside.h"
#include "explain.h"
#include "linktype.h"

/* A new row, zeroed but for its number; NULL when there is no memory. */
static struct exchange_row *row_add(struct exchange *exchange)
{
	uint64_t row = exchange->rows + exchange->tail.count;
	struct exchange_row **block = &exchange->blocks[row / BLOCK_ROWS];
	struct exchange_row *out;

	if (exchange->finishing) {
		out = &exchange->tail.rows[exchange->tail.count++];
	} else {
		if (!*block)
			*block = calloc(BLOCK_ROWS, sizeof(**block));
		if (!*block)
			return NULL;
		out = exchange_row(exchange, exchange->rows++);
		*out = (struct exchange_row){0}; /* it may have been another's */
	}
	out->frame = (uint32_t)(exchange->forgotten + row + 1);
	return out;
}

static int job_add(struct exchange *exchange, const struct packet *packet,
		   const struct linktype_header *header, struct exchange_row *row)
{
	int error = 0;

	if (!exchange->batch)
		exchange->batch = calloc(1, sizeof(*exchange->batch));
	if (!exchange->batch)
		return -ENOMEM;
	if (batch_full(exchange->batch))
		error = exchange_run(exchange);
	if (!error)
		batch_add(exchange->batch, packet, header, row);
	exchange->trouble.usable = true;
	return error;
}

/* What is wrong with a packet; fills in the header that it gets. */
static enum packet_error packet_check(const struct packet *packet, struct linktype_header *header)
{
	if (packet->error)
		return packet->error;
	if (!linktype_known(packet->link_type))
		return PACKET_LINK_TYPE;
	if (linktype_header(packet->link_type, packet->bytes, packet->size, header))
		return PACKET_LINK_HEADER;
	if (packet->size - header->skip + header->size < DISSECTOR_LEAST)
		return PACKET_SHORT;
	return PACKET_OK;
}

static void packet_trouble(struct exchange *exchange, const struct packet *packet,
			   enum packet_error error)
{
	if (exchange->trouble.first)
		return;
	exchange->trouble.first = error;
	exchange->trouble.size = packet->size;
	exchange->trouble.link_type = packet->link_type;
}

int exchange_take(void *context, const struct packet *packet)
{
	struct exchange *exchange = context;
	struct linktype_header header = {0};
	struct exchange_row *row;
	uint32_t length = packet->length > packet->captured ? packet->length : packet->captured;

	if (exchange->rows + exchange->tail.count >= exchange->rows_most)
		return explain(-EFBIG, "write the capture in parts, or into stream",
			       "more than %llu packets: there is no room for their rows",
			       (unsigned long long)exchange->rows_most);
	row = row_add(exchange);
	if (!row)
		return -ENOMEM;
	row->time = packet->time;
	row->digits = packet->digits;
	row->error = packet_check(packet, &header);
	row->length = length - header.skip + header.size;
	if (row->error) {
		packet_trouble(exchange, packet, row->error);
		return 0;
	}
	row->truncated = packet->captured - header.skip + header.size > DISSECTOR_MOST;
	return job_add(exchange, packet, &header, row);
}
