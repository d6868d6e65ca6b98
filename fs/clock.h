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

/* Sets, for this thread and until the next call, what clock_boot() gives. */
void clock_boot_use(int64_t nanoseconds);
int64_t clock_boot(void);

#endif
