/* SPDX-License-Identifier: GPL-2.0-only */
/* The table `errors`: the last FAILURES_KEPT requests that failed, newest last. Any thread. */
#ifndef BPFVIEW_FAILURES_H
#define BPFVIEW_FAILURES_H

#include <sys/types.h>

struct explanation;
struct schema;
struct source;

extern const struct schema failures_schema;

#define FAILURES_KEPT 1000

/* Keeps a failure: error is a negative errno, pid the caller's thread (0: not known). */
void failure_add(int error, pid_t pid, const char *path, const struct explanation *words);

int failures_source(struct source **out);

#endif
