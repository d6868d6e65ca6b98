/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When the machine booted, for columns that count from then. Each table takes it once, so that all
 * of its rows agree although the wall clock may be set meanwhile.
 */
#ifndef BPFVIEW_CLOCK_H
#define BPFVIEW_CLOCK_H

#include <stdint.h>

/* Nanoseconds from the epoch to the boot, as of now. */
int64_t clock_boot_now(void);

/* What this thread's kind_boottime cells are counted from, until the next call. */
void clock_boot_use(int64_t nanoseconds);

#endif
