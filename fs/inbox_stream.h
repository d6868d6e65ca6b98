/* SPDX-License-Identifier: GPL-2.0-only */
/* The rows of an exchange that has no end, each given once. One thread at a time. */
#ifndef BPFVIEW_INBOX_STREAM_H
#define BPFVIEW_INBOX_STREAM_H

#include <stddef.h>

struct exchange;
struct format;
struct stream;

struct stream *stream_create(const struct format *format); /* NULL: no memory */
void stream_free(struct stream *stream); /* NULL is fine */

/*
 * The next bytes of the rows there are by now, at most *size, which becomes how many there are: 0
 * when there is nothing new. They are good until the next call. 0 or a negative errno.
 */
int stream_read(struct stream *stream, struct exchange *exchange, const void **bytes, size_t *size);

#endif
