/* SPDX-License-Identifier: GPL-2.0-only */
/* Which objects have had their row, for a source that walks them more than once. */
#ifndef BPFVIEW_GIVEN_H
#define BPFVIEW_GIVEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zeroes when it is new. */
struct given {
	uint64_t *objects; /* those of the walks before this one are sorted */
	size_t count, capacity, sorted;
	unsigned int walks;
};

/* Whether an object had its row in a walk before this one. */
bool given_before(const struct given *given, uint64_t object);

/* 0 or -ENOMEM. */
int given_add(struct given *given, uint64_t object);

/* Another walk begins. 0, or -ETIMEDOUT with words when there were too many of them. */
int given_walk_again(struct given *given);

void given_free(struct given *given);

#endif
