/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words for a failure: what a function that returns a negative errno wants the user to read.
 * Each thread keeps the last ones; whoever answers the user takes them from the same thread.
 */
#ifndef BPFVIEW_EXPLAIN_H
#define BPFVIEW_EXPLAIN_H

struct explanation {
	char message[256];
	char hint[160]; /* what to do about it; "" for nothing */
};

/* Keeps the words in this thread and returns error, so that `return explain(-EINVAL, ...)` works.
 */
int explain(int error, const char *hint, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Moves this thread's words out; empty strings when none were given since the last call. */
void explain_take(struct explanation *out);

#endif
