/* SPDX-License-Identifier: GPL-2.0-only */
/* Rows of a view about one process. */
#ifndef BPFVIEW_PROCESS_H
#define BPFVIEW_PROCESS_H

#include <sys/types.h>

struct schema;
struct source;

/*
 * A source over the iterator of link, for the process of a number in the pid namespace pids, or
 * with -1 in the daemon's. link and schema must outlive it; pids is the caller's. A fill fails with
 * -ENOENT when the process has ended before all was read. Threads, when the rows are these, are
 * all there that are there from the first fill to the end. 0 or a negative errno, with words.
 */
int process_source_create(int link, int pids, pid_t number, const struct schema *schema,
			  struct source **out);

#endif
