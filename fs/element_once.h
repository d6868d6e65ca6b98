/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Elements of a socket hash, each once: after a fill the kernel goes on with the first element of
 * the bucket that it stood in, so that rows of the fill before come again.
 */
#ifndef BPFVIEW_ELEMENT_ONCE_H
#define BPFVIEW_ELEMENT_ONCE_H

#include <stddef.h>

struct source;

/*
 * Puts before *source, whose records are of record bytes and start with a key of key_size, one
 * without those that repeat. 0, or -ENOMEM, and then *source has been freed.
 */
int element_once_source(size_t key_size, size_t record, struct source **source);

#endif
