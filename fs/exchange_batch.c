// SPDX-License-Identifier: GPL-2.0-only
#include "exchange_batch.h"

#include <string.h>

#include "capture.h"
#include "exchange_row.h"

bool batch_full(const struct batch *batch)
{
	return batch->count == BATCH_JOBS || batch->size + DISSECTOR_MOST > BATCH_BYTES;
}

void batch_add(struct batch *batch, const struct packet *packet,
	       const struct linktype_header *header, struct exchange_row *row)
{
	uint8_t *frame = batch->frames + batch->size;
	size_t room = DISSECTOR_MOST - header->size, size = packet->size - header->skip;
	struct dissector_job *job = &batch->jobs[batch->count];

	if (size > room)
		size = room;
	job->size = header->size + size;
	job->keys = &row->keys;
	batch->rows[batch->count++] = row;
	if (packet->stays && !header->size) {
		job->frame = packet->bytes;
		return;
	}
	memcpy(frame, &header->ethernet, header->size);
	memcpy(frame + header->size, packet->bytes + header->skip, size);
	job->frame = frame;
	batch->size += job->size;
}

int batch_run(struct batch *batch, struct dissector *dissector, uint32_t flags)
{
	int error = 0;

	if (batch->count)
		error = dissector_run(dissector, flags, batch->jobs, batch->count);
	for (size_t i = 0; !error && i < batch->count; i++) {
		batch->rows[i]->verdict = batch->jobs[i].verdict;
		if (batch->jobs[i].error)
			batch->rows[i]->error = PACKET_REFUSED;
	}
	batch->count = 0;
	batch->size = 0;
	return error;
}
