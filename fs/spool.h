/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bytes of one open table, kept for as long as it is open so that the same offset always gives
 * the same bytes. A small table stays in memory; one that outgrows SPOOL_MEMORY moves to an
 * unlinked file, so that the daemon's memory stays bounded.
 */
#ifndef BPFVIEW_SPOOL_H
#define BPFVIEW_SPOOL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "buffer.h"

#define SPOOL_MEMORY (1 << 20)

struct spool {
	struct buffer memory; /* all of it, while file is -1 */
	int file;
	uint64_t size;
};

/* The folder for large tables' files; the string must outlive every spool. /var/tmp at first. */
void spool_set_folder(const char *path);

void spool_init(struct spool *spool);
void spool_free(struct spool *spool);

/* 0, -ENOMEM, or what the write to the file said. */
int spool_append(struct spool *spool, const void *bytes, size_t size);

/*
 * The same in two steps, for a spool that is in a file: what is written after its end doesn't touch
 * the spool, which others may read meanwhile, and then becomes part of it.
 */
bool spool_is_file(const struct spool *spool);
int spool_write(const struct spool *spool, const void *bytes, size_t size);
void spool_extend(struct spool *spool, size_t size);

/*
 * Points *bytes at up to size bytes from offset, in the spool itself or in copy, which has room for
 * size. Returns how many, or a negative errno. Good until the next append.
 */
ssize_t spool_read(const struct spool *spool, uint64_t offset, size_t size, void *copy,
		   const void **bytes);

/* Lengthens the last line with blanks so that the spool ends with a page. */
int spool_pad(struct spool *spool);

#endif
