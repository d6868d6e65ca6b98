// SPDX-License-Identifier: GPL-2.0-only
#include "dissector_batch.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/if_ether.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "../bpf/dissect_slots.h"
#include "dissector.h"

#define SLOTS_SIZE (DISSECT_SLOTS * sizeof(struct dissect_slot))

struct dissector_batch {
	const void *data;
	size_t size;
	pthread_mutex_t lock; /* of what follows, and of the slots */
	bool tried; /* to load it */
	struct bpf_object *object;
	int program;
	struct dissect_slot *slots; /* NULL when it can't be loaded */
};

struct dissector_batch *dissector_batch_create(const void *object, size_t size)
{
	struct dissector_batch *batch = calloc(1, sizeof(*batch));

	if (!batch)
		return NULL;
	batch->data = object;
	batch->size = size;
	pthread_mutex_init(&batch->lock, NULL);
	return batch;
}

void dissector_batch_free(struct dissector_batch *batch)
{
	if (!batch)
		return;
	if (batch->slots)
		munmap(batch->slots, SLOTS_SIZE);
	bpf_object__close(batch->object);
	pthread_mutex_destroy(&batch->lock);
	free(batch);
}

/* Once: a kernel that refuses it now will do so again. */
static void batch_load(struct dissector_batch *batch)
{
	const struct bpf_object_open_opts options = {
		.sz = sizeof(options),
		.object_name = "dissect_batch",
	};
	void *slots;

	batch->tried = true;
	batch->object = bpf_object__open_mem(batch->data, batch->size, &options);
	if (!batch->object || bpf_object__load(batch->object))
		return;
	batch->program = bpf_program__fd(bpf_object__next_program(batch->object, NULL));
	slots = mmap(NULL, SLOTS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
		     bpf_object__find_map_fd_by_name(batch->object, "slots"), 0);
	batch->slots = slots == MAP_FAILED ? NULL : slots;
}

/* As the kernel fills in the keys before a run. */
static void slot_fill(struct dissect_slot *slot, const struct dissector_job *job, uint32_t flags)
{
	const struct ethhdr *ethernet = job->frame;

	memset(slot, 0, offsetof(struct dissect_slot, bytes));
	slot->keys.nhoff = ETH_HLEN;
	slot->keys.thoff = ETH_HLEN;
	slot->keys.flags = flags;
	memcpy(&slot->keys.n_proto, &ethernet->h_proto, sizeof(slot->keys.n_proto));
	slot->cut = job->size > DISSECT_SLOT_BYTES;
	slot->size = slot->cut ? DISSECT_SLOT_BYTES : job->size;
	memcpy(slot->bytes, job->frame, slot->size);
}

static uint16_t clamp(uint16_t value, uint16_t least, uint16_t most)
{
	return value < least ? least : value > most ? most : value;
}

/* As the kernel takes over the keys after a run. */
static void slot_take(const struct dissect_slot *slot, struct dissector_job *job)
{
	struct bpf_flow_keys *keys = job->keys;

	if (slot->beyond)
		return;
	*keys = slot->keys;
	keys->nhoff = clamp(keys->nhoff, ETH_HLEN, job->size);
	keys->thoff = clamp(keys->thoff, keys->nhoff, job->size);
	job->verdict = slot->verdict;
	job->error = 0;
}

/* At most as many jobs as there are slots. */
static void slots_run(struct dissector_batch *batch, uint32_t flags, struct dissector_job *jobs,
		      uint32_t count)
{
	struct bpf_test_run_opts options = {
		.sz = sizeof(options),
		.ctx_in = &count,
		.ctx_size_in = sizeof(count),
	};

	for (uint32_t i = 0; i < count; i++)
		slot_fill(&batch->slots[i], &jobs[i], flags);
	if (bpf_prog_test_run_opts(batch->program, &options))
		return;
	for (uint32_t i = 0; i < count; i++)
		slot_take(&batch->slots[i], &jobs[i]);
}

void dissector_batch_run(struct dissector_batch *batch, uint32_t flags, struct dissector_job *jobs,
			 size_t count)
{
	pthread_mutex_lock(&batch->lock);
	if (!batch->tried)
		batch_load(batch);
	for (size_t i = 0; batch->slots && i < count; i += DISSECT_SLOTS)
		slots_run(batch, flags, jobs + i,
			  count - i < DISSECT_SLOTS ? count - i : DISSECT_SLOTS);
	pthread_mutex_unlock(&batch->lock);
}
