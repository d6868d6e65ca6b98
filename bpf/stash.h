/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a program leaves its rows that must not write them to the iterator: when the kernel's
 * buffer is full, the iterator of Unix sockets goes on with the next bucket of its hash table,
 * whatever is left of the one before, and that of UDP sockets, before 6.16, leaves out as many of
 * the bucket as it had given, which may be others by then. Who writes nothing is called for all of
 * them in one go.
 *
 * A run fills a stash with the rows of whole buckets, from one on, or with as many of one bucket as
 * there is room for. fs/stash.c reads them and starts the next run. There are some stashes, each
 * for the run in one network namespace, so that a run that a locked socket stops holds up no other
 * namespace's.
 */
#ifndef BPFVIEW_STASH_H
#define BPFVIEW_STASH_H

#include <linux/types.h>

#define STASHES	     4
#define STASH_SIZE   (1 << 20)
#define STASH_HEADER 32
#define STASH_ROOM   (STASH_SIZE - STASH_HEADER)

struct stash {
	__u32 network; /* inode of the namespace that it is for, or 0 */
	__u32 from; /* the first bucket to take rows from, and how many of its rows to leave out; */
	__u32 skip; /* set before the run */
	__u32 bucket; /* the last one begun, how many of its rows have come by, and the bytes */
	__u32 seen; /* of all buckets before it */
	__u32 whole;
	__u32 used; /* bytes of rows */
	__u32 full; /* whether the last bucket has more */
	char rows[STASH_ROOM];
};

#ifdef __bpf__
#include <linux/bpf.h>
#include <stdbool.h>

#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, STASHES);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, __u32);
	__type(value, struct stash);
} stash SEC(".maps");

/* NULL when rows of that bucket are not for this run. */
static inline struct stash *stash_open(__u32 network, __u32 bucket)
{
	for (__u32 i = 0; i < STASHES; i++) {
		const __u32 key = i;
		struct stash *found = bpf_map_lookup_elem(&stash, &key);

		if (found && found->network == network)
			return bucket >= found->from ? found : NULL;
	}
	return NULL;
}

/* Adds a row with its texts, of so many bytes at most. Return its result: 1 ends the run. */
static inline int stash_add(struct stash *stash, __u32 bucket, const void *row, __u32 size,
			    __u32 most)
{
	__u32 used = stash->used;

	if (stash->bucket != bucket) {
		stash->bucket = bucket;
		stash->seen = 0;
		stash->whole = used;
	}
	if (bucket == stash->from && stash->seen < stash->skip) {
		stash->seen++;
		return 0;
	}
	if (used > STASH_ROOM - most || size > most) {
		stash->full = 1;
		return 1;
	}
	bpf_probe_read_kernel(stash->rows + used, size, row);
	stash->used = used + size;
	stash->seen++;
	return 0;
}
#endif

#endif
