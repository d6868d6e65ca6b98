/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a pid namespace numbers the threads that it sees: for rows whose program knows no other
 * numbers than the machine's. The rows that are completed have, in this order and one behind the
 * other, the columns pid, tid, global_pid and global_tid, __u32 each.
 */
#ifndef BPFVIEW_NUMBERS_H
#define BPFVIEW_NUMBERS_H

struct source;

/*
 * Completes *source, whose rows have the machine's numbers in pid and tid and 0 in the other two,
 * in the way of the pid namespace, a descriptor that stays the caller's. A thread that ended
 * meanwhile has its global numbers alone. On failure, with words, frees the source.
 */
int numbers_join(int pids, struct source **source);

#endif
