/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of kernel_*.c: to stand in a pid namespace, which no thread can enter itself. */
#ifndef BPFVIEW_KERNEL_PIDS_H
#define BPFVIEW_KERNEL_PIDS_H

/*
 * Runs ask(context) in a process of that pid namespace, which shares memory and descriptors with
 * the daemon while this thread waits; -1: here and now. What it returns, or a negative errno. ask()
 * does system calls and little else.
 */
int kernel_ask_in(int pids, int (*ask)(void *context), void *context);

/* To be asked: 0 when there is a process whose number, a pid_t, context points to, or -ESRCH. */
int kernel_ask_process(void *context);
/* The same of a thread. */
int kernel_ask_thread(void *context);

#endif
