// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any frame to the built-in dissector, which is made three times: one frame a test run, many in one
 * call, and here, where the fuzzer sees which way a frame takes. Frames are cut as well; the first
 * byte is the flags. Verdicts and keys must be the same.
 */
#include <bpf/bpf_endian.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpfview/dissect.bpf.h>

#include "../../fs/dissector.h"
#include "../../fs/object.h"

struct frame {
	const uint8_t *bytes;
	size_t size;
	struct bpf_flow_keys keys;
};

#define PACKET struct frame

static inline void *packet_header(struct frame *frame, __u32 offset, __u32 size, void *copy)
{
	if (offset > frame->size || size > frame->size - offset)
		return NULL;
	return memcpy(copy, frame->bytes + offset, size);
}

static inline struct bpf_flow_keys *packet_keys(struct frame *frame)
{
	return &frame->keys;
}

#include "../../bpf/dissect_packet.h"

#define JOBS 64 /* many enough for all to be run in one call */

static void fail(const char *how, const struct dissector_job *job, uint32_t verdict)
{
	fprintf(stderr, "%s: %u bytes: verdict %u and %u, error %d\n", how, job->size, job->verdict,
		verdict, job->error);
	abort();
}

/* What the kernel makes of offsets that are not in the frame. */
static void keys_clamp(struct bpf_flow_keys *keys, uint32_t size)
{
	if (keys->nhoff > size)
		keys->nhoff = (uint16_t)size;
	if (keys->thoff > size)
		keys->thoff = (uint16_t)size;
	if (keys->thoff < keys->nhoff)
		keys->thoff = keys->nhoff;
}

/* As the kernel sets it up, in memory of its own, so that reading past it is seen. */
static void check_here(const char *how, const struct dissector_job *job, uint32_t flags)
{
	uint8_t *copy = malloc(job->size);
	struct frame frame = {
		.bytes = copy,
		.size = job->size,
		.keys = {.nhoff = ETH_HLEN, .thoff = ETH_HLEN, .flags = flags},
	};
	const char *keys = (const char *)job->keys, *here = (const char *)&frame.keys;
	uint32_t verdict;
	bool lost;

	memcpy(copy, job->frame, job->size);
	memcpy(&frame.keys.n_proto, copy + offsetof(struct ethhdr, h_proto),
	       sizeof(frame.keys.n_proto));
	verdict = (uint32_t)dissect_packet(&frame, &lost);
	free(copy);
	keys_clamp(&frame.keys, job->size);
	if (job->error || job->verdict != verdict || memcmp(keys, here, sizeof(frame.keys)))
		fail(how, job, verdict);
}

static struct dissector *dissector_make(void)
{
	struct dissector *dissector = dissector_create(
		object_find("dissect"), object_find("dissect_batch"), object_find("dissect_live"));

	if (!dissector)
		abort();
	return dissector;
}

static uint32_t flags_of(uint8_t byte)
{
	return (byte & 7U) | (byte & 8 ? (byte & 0xf0U) << 12 | DISSECT_VLAN_9100 : 0) |
	       (byte == 0xff ? DISSECT_BEYOND : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct dissector *dissector;
	static struct bpf_flow_keys keys[JOBS];
	static struct dissector_job jobs[JOBS];
	uint32_t flags;

	if (size < 1 + DISSECTOR_LEAST || size > 1 + DISSECTOR_MOST)
		return 0;
	if (!dissector)
		dissector = dissector_make();
	flags = flags_of(bytes[0]);
	for (size_t i = 0; i < JOBS; i++)
		jobs[i] = (struct dissector_job){
			.frame = bytes + 1,
			.size = (uint32_t)(size - 1 - (size - 1 - DISSECTOR_LEAST) * i / JOBS),
			.keys = &keys[i],
		};
	if (dissector_run(dissector, flags, jobs, 1))
		abort();
	check_here("alone", &jobs[0], flags);
	if (dissector_run(dissector, flags, jobs, JOBS))
		abort();
	for (size_t i = 0; i < JOBS; i++)
		check_here("among others", &jobs[i], flags);
	return 0;
}
