// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pages of a ring buffer are mapped for reading alone: the consumer's position, the
 * producer's, and the records twice in a row, so that one that wraps around is in one piece.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "element_map.h"
#include "element_schema.h"
#include "explain.h"
#include "kind_element.h"
#include "schema.h"
#include "source.h"

#define RECORD_MAX (8UL << 20)
#define CHUNK_MAX  0x7fffUL
#define CHUNK_MORE 0x8000UL

struct ring_row {
	uint64_t position;
	int64_t bytes; /* -1: not a record */
	char state[16];
};

struct element_ring {
	struct source source;
	struct schema *schema;
	char *pages;
	size_t page, size; /* of a page, of the records' part */
	unsigned long next, end; /* positions; those between them are shown */
	bool started, ended;
};

static const struct column columns[] = {
	{.name = "position",
	 .kind = &kind_unsigned,
	 .offset = offsetof(struct ring_row, position),
	 .size = sizeof(uint64_t)},
	{.name = "state",
	 .kind = &kind_chars,
	 .offset = offsetof(struct ring_row, state),
	 .size = sizeof(((struct ring_row *)0)->state)},
	{.name = "bytes",
	 .kind = &kind_signed,
	 .offset = offsetof(struct ring_row, bytes),
	 .size = sizeof(int64_t),
	 .optional = true,
	 .none = -1},
	{.name = "data", .kind = &kind_dump},
};

static unsigned long ring_consumed(const struct element_ring *ring)
{
	return __atomic_load_n((const unsigned long *)ring->pages, __ATOMIC_ACQUIRE);
}

static unsigned long ring_produced(const struct element_ring *ring)
{
	return __atomic_load_n((const unsigned long *)(ring->pages + ring->page), __ATOMIC_ACQUIRE);
}

/* Returns the record's bytes. */
static size_t ring_put(void *record, unsigned long position, const char *state, long bytes,
		       const char *data)
{
	struct ring_row row = {.position = position, .bytes = bytes};
	size_t left = data ? (size_t)bytes : 0;
	char *out = record;

	snprintf(row.state, sizeof(row.state), "%s", state);
	memcpy(out, &row, sizeof(row));
	out += sizeof(row);
	do {
		size_t size = left < CHUNK_MAX ? left : CHUNK_MAX;
		__u16 head = (__u16)(size | (left > size ? CHUNK_MORE : 0));

		memcpy(out, &head, sizeof(head));
		if (size)
			memcpy(out + sizeof(head), data, size);
		out += sizeof(head) + size;
		data += size;
		left -= size;
	} while (left);
	return (size_t)(out - (char *)record);
}

static size_t row_room(size_t bytes)
{
	return sizeof(struct ring_row) + bytes + sizeof(__u16) * (bytes / CHUNK_MAX + 1);
}

/* The record at ring->next, when it fits: 0 when it doesn't, or is consumed by now. */
static ssize_t ring_record(struct element_ring *ring, char *out, size_t room, bool *full)
{
	const char *at = ring->pages + 2 * ring->page + (ring->next & (ring->size - 1));
	__u32 head = __atomic_load_n((const __u32 *)at, __ATOMIC_ACQUIRE);
	size_t bytes = head & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);
	bool busy = head & BPF_RINGBUF_BUSY_BIT, discarded = head & BPF_RINGBUF_DISCARD_BIT;
	unsigned long position = ring->next;
	const char *state = busy ? "busy" : discarded ? "discarded" : "ready";
	const char *data = busy || discarded ? NULL : at + BPF_RINGBUF_HDR_SZ;
	size_t step = (bytes + BPF_RINGBUF_HDR_SZ + 7) & ~(size_t)7;
	size_t got;

	if (ring_consumed(ring) - position - 1 < ring->size) { /* it is past this record */
		ring->next = ring_consumed(ring);
		return 0;
	}
	if (step > ring->end - position)
		return explain(-EIO, NULL, "the ring buffer has no record at %lu", position);
	if (data && bytes > RECORD_MAX)
		return explain(-E2BIG, "rows may be of 8 MiB", "a record is of %zu bytes", bytes);
	*full = row_room(data ? bytes : 0) > room;
	if (*full)
		return 0;
	got = ring_put(out, position, state, (long)bytes, data);
	/* Once consumed, its bytes may be another record's. */
	if (ring_consumed(ring) - position - 1 < ring->size)
		return 0;
	ring->next = position + step;
	return (ssize_t)got;
}

static ssize_t ring_fill(struct source *source, void *records, size_t size)
{
	struct element_ring *ring = (struct element_ring *)source;
	char *out = records;
	size_t filled = 0;
	ssize_t got = 0;
	bool full = false;

	if (ring->ended)
		return 0;
	if (!ring->started)
		filled = ring_put(out, ring->next, "consumer", -1, NULL);
	ring->started = true;
	while (!full && ring->end - ring->next - 1 < ring->size) {
		got = ring_record(ring, out + filled, size - filled, &full);
		if (got < 0)
			return got;
		filled += (size_t)got;
	}
	if (!full && size - filled >= row_room(0)) {
		filled += ring_put(out + filled, ring->end, "producer", -1, NULL);
		ring->ended = true;
	}
	return (ssize_t)filled;
}

/* Bytes that the largest record may have. */
static size_t ring_batch(const struct element_ring *ring)
{
	size_t bytes = ring->end - ring->next;

	if (bytes > ring->size)
		return 0;
	return bytes < RECORD_MAX ? bytes : RECORD_MAX;
}

static size_t ring_length(const struct element_ring *ring)
{
	return 2 * ring->page + 2 * ring->size;
}

static void ring_free(struct source *source)
{
	struct element_ring *ring = (struct element_ring *)source;

	if (ring->pages != MAP_FAILED)
		munmap(ring->pages, ring_length(ring));
	schema_free(ring->schema);
	free(ring);
}

static const struct source_operations ring_operations = {
	.fill = ring_fill,
	.free = ring_free,
};

/*
 * The kernel maps only what is opened for writing too, since it wants a shared mapping; these pages
 * can't be written through this one.
 */
static int ring_map(struct element_ring *ring, __u32 id)
{
	int error = 0, map = bpf_map_get_fd_by_id(id);

	if (map < 0)
		return explain(map, NULL, "opening the ring buffer: %s", strerror(-map));
	ring->pages = mmap(NULL, ring_length(ring), PROT_READ, MAP_SHARED, map, 0);
	if (ring->pages == MAP_FAILED)
		error = explain(-errno, NULL, "mapping the ring buffer: %s", strerror(errno));
	close(map);
	return error;
}

int element_ring_open(const struct element_map *map, struct source **out)
{
	struct element_ring *ring = calloc(1, sizeof(*ring));
	int error;

	if (!ring)
		return -ENOMEM;
	ring->source.operations = &ring_operations;
	ring->page = (size_t)sysconf(_SC_PAGESIZE);
	ring->size = map->info.max_entries;
	ring->pages = MAP_FAILED;
	ring->schema = element_schema_fixed(columns, 4, sizeof(struct ring_row));
	error = ring->schema ? ring_map(ring, map->info.id) : -ENOMEM;
	if (error) {
		ring_free(&ring->source);
		return error;
	}
	ring->next = ring_consumed(ring);
	ring->end = ring_produced(ring);
	ring->source.schema = ring->schema;
	ring->source.batch = row_room(ring_batch(ring));
	*out = &ring->source;
	return 0;
}
