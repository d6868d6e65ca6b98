/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The time now, and when the machine booted, for columns that count from then. Each table takes
 * that once, so that all of its rows agree although the wall clock may be set meanwhile.
 */
#ifndef BPFVIEW_CLOCK_H
#define BPFVIEW_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Nanoseconds from the epoch to the boot, as of now. */
int64_t clock_boot_now(void);

/* Sets, for this thread and until the next call, what clock_boot() gives. */
void clock_boot_use(int64_t nanoseconds);
int64_t clock_boot(void);

/* Nanoseconds. */
static inline uint64_t clock_read(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static inline uint64_t clock_now(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

#endif
