/* SPDX-License-Identifier: GPL-2.0-only */
/* The tags of include/bpfview/view.bpf.h: how the author of a struct wants a member shown. */
#ifndef BPFVIEW_TAGS_H
#define BPFVIEW_TAGS_H

#include <linux/types.h>

struct btf;
struct column;
struct tags;

/* All of them in btf, which must outlive what it gives. -ENOMEM. */
int tags_read(const struct btf *btf, struct tags **out);
void tags_free(struct tags *tags);

/*
 * Sets what the tags of member `index` of struct type_id say; column->about is in the BTF then.
 * NULL, or why it can't be done.
 */
const char *tags_apply(const struct tags *tags, __u32 type_id, __u32 index, struct column *column);

#endif
