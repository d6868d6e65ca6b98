/* SPDX-License-Identifier: GPL-2.0-only */
/* A source that is read ahead while something else is made that its rows are to be joined with. */
#ifndef BPFVIEW_AHEAD_H
#define BPFVIEW_AHEAD_H

struct source;

/*
 * Runs prepare(context) in a thread of its own and meanwhile reads up to AHEAD_MAX bytes of rows.
 * They are given once it has returned 0; when it fails, with words, so does the first fill. On
 * failure, -ENOMEM, frees the source. When the source is freed prepare() has returned.
 */
#define AHEAD_MAX (8 << 20)
int ahead_source(int (*prepare)(void *context), void *context, struct source **source);

#endif
