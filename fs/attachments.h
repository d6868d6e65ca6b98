/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where one dissector is attached: named links to network namespaces. The caller locks. A namespace
 * that is gone takes its attachment with it.
 */
#ifndef BPFVIEW_ATTACHMENTS_H
#define BPFVIEW_ATTACHMENTS_H

#include <stddef.h>
#include <sys/queue.h>

struct document;

#define ATTACHMENT_NAME_MOST 64

struct attachment;
LIST_HEAD(attachments, attachment);

/*
 * Attaches a program to a network namespace, both descriptors. target is what the user called that.
 * A negative errno with words, as kernel_attach().
 */
int attachments_add(struct attachments *attachments, const char *name, const char *target,
		    int program, int network);

/* Detaches. -ENOENT. */
int attachments_remove(struct attachments *attachments, const char *name);
void attachments_remove_all(struct attachments *attachments);

/* Has another program do the work from now on, without a gap. 0 or a negative errno with words. */
int attachments_update(struct attachments *attachments, int program);

/* A reference to the target's name as the user gave it, or NULL. */
struct document *attachments_target(struct attachments *attachments, const char *name);

size_t attachments_count(struct attachments *attachments);

/* The name of the attachment at that place, or NULL past the last. */
const char *attachments_name(struct attachments *attachments, size_t index);

#endif
