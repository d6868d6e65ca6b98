/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows from a BPF iterator's descriptor. The descriptor alone keeps the program, its maps and its
 * target in the kernel, so links and objects may go while a source is open.
 */
#ifndef BPFVIEW_ITERATOR_H
#define BPFVIEW_ITERATOR_H

#include <sys/types.h>

struct schema;
struct source;

/*
 * A source over fd, which it closes when freed, whatever happens: on failure too. owned is freed
 * with the source (and on failure); NULL when schema outlives the source. 0 or -ENOMEM.
 *
 * Each fill is one read of the iterator. It fails, with words, with -E2BIG for a row that the
 * kernel's buffer can't hold, and with -ETIMEDOUT for a program that gives nothing for ever.
 */
int iterator_source_create(int fd, const struct schema *schema, struct schema *owned,
			   struct source **out);

/* One fill of an iterator's descriptor: bytes, 0 at its end, or what is said above. */
ssize_t iterator_read(int fd, void *records, size_t size);

#endif
