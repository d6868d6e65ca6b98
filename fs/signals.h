/* SPDX-License-Identifier: GPL-2.0-only */
/* Why a caller's request was interrupted. */
#ifndef BPFVIEW_SIGNALS_H
#define BPFVIEW_SIGNALS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/*
 * Whether a thread that waits in the kernel has a signal to end for, or to handle before it goes on
 * waiting. Not so for those that halt a process and go on with it, or tell it something while it
 * works: few programs expect an open or a read to fail for them. True also when it can't be known.
 */
bool signals_end_wait(pid_t thread);

/* The same, from the thread's /proc/PID/status. */
bool signals_read(FILE *status);

#endif
