/* SPDX-License-Identifier: GPL-2.0-only */
/* The text of the mount's README, made once from what the files are made from. */
#ifndef BPFVIEW_README_H
#define BPFVIEW_README_H

struct buffer;
struct document;

/* Call these after views_init(). 0 or -ENOMEM. */
int readme_init(void);
void readme_free(void);

struct document *readme_document(void);

/* The part that is the same on all kernels: every table with its columns. */
void readme_tables(struct buffer *out);

#endif
