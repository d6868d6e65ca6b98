/* SPDX-License-Identifier: GPL-2.0-only */
/* A source whose rows the daemon completes, with what a BPF program can't know. */
#ifndef BPFVIEW_COMPLETED_H
#define BPFVIEW_COMPLETED_H

struct source;

struct completion {
	/* Fills in columns of a row, without its texts. */
	void (*complete)(void *context, void *row);
	void *context; /* for complete() */
	void (*free)(void *context); /* NULL for nothing to free */
};

/* Puts the completion, whose context it takes, before *source. On failure, -ENOMEM, frees both. */
int completed_source(const struct completion *completion, struct source **source);

#endif
