// SPDX-License-Identifier: GPL-2.0-only
#include "attachments.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "document.h"
#include "explain.h"
#include "kernel.h"

struct attachment {
	LIST_ENTRY(attachment) link;
	char name[ATTACHMENT_NAME_MOST + 1];
	struct document *target;
	int descriptor; /* of the kernel's link; closed, it detaches */
};

static void attachment_free(struct attachment *attachment)
{
	LIST_REMOVE(attachment, link);
	close(attachment->descriptor);
	document_put(attachment->target);
	free(attachment);
}

/* The kernel's link forgets its namespace when that goes. */
static bool attachment_is_dead(const struct attachment *attachment)
{
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);

	return !bpf_obj_get_info_by_fd(attachment->descriptor, &info, &size) &&
	       !info.netns.netns_ino;
}

/* Those whose namespace is gone, or all. */
static void drop(struct attachments *attachments, bool all)
{
	struct attachment *attachment = LIST_FIRST(attachments), *next;

	for (; attachment; attachment = next) {
		next = LIST_NEXT(attachment, link);
		if (all || attachment_is_dead(attachment))
			attachment_free(attachment);
	}
}

static struct attachment *find(struct attachments *attachments, const char *name)
{
	struct attachment *attachment;

	drop(attachments, false);
	LIST_FOREACH(attachment, attachments, link)
	{
		if (!strcmp(attachment->name, name))
			return attachment;
	}
	return NULL;
}

/* With the NUL, which is not counted: a link's target is read as a string. */
static struct document *target_document(const char *target)
{
	struct buffer bytes = {0};

	buffer_put(&bytes, target, strlen(target) + 1);
	if (bytes.size)
		bytes.size--;
	return document_create(&bytes);
}

int attachments_add(struct attachments *attachments, const char *name, const char *target,
		    int program, int network)
{
	struct attachment *attachment;
	int descriptor;

	if (strlen(name) > ATTACHMENT_NAME_MOST)
		return explain(-ENAMETOOLONG, "give it another name: ln -s TARGET NAME",
			       "an attachment's name may have %d bytes", ATTACHMENT_NAME_MOST);
	if (find(attachments, name))
		return -EEXIST;
	descriptor = kernel_attach(program, network);
	if (descriptor < 0)
		return descriptor;
	attachment = calloc(1, sizeof(*attachment));
	if (attachment)
		attachment->target = target_document(target);
	if (!attachment || !attachment->target) {
		free(attachment);
		close(descriptor);
		return -ENOMEM;
	}
	strcpy(attachment->name, name);
	attachment->descriptor = descriptor;
	LIST_INSERT_HEAD(attachments, attachment, link);
	return 0;
}

int attachments_remove(struct attachments *attachments, const char *name)
{
	struct attachment *attachment = find(attachments, name);

	if (!attachment)
		return -ENOENT;
	attachment_free(attachment);
	return 0;
}

void attachments_remove_all(struct attachments *attachments)
{
	drop(attachments, true);
}

int attachments_update(struct attachments *attachments, int program)
{
	struct attachment *attachment;

	drop(attachments, false);
	LIST_FOREACH(attachment, attachments, link)
	{
		/* ENOLINK: its namespace has gone since */
		if (bpf_link_update(attachment->descriptor, program, NULL) && errno != ENOLINK)
			return explain(-errno, "", "replacing what is attached as %s: %s",
				       attachment->name, strerror(errno));
	}
	return 0;
}

struct document *attachments_target(struct attachments *attachments, const char *name)
{
	struct attachment *attachment = find(attachments, name);

	return attachment ? document_get(attachment->target) : NULL;
}

size_t attachments_count(struct attachments *attachments)
{
	struct attachment *attachment;
	size_t count = 0;

	drop(attachments, false);
	LIST_FOREACH(attachment, attachments, link)
	count++;
	return count;
}

const char *attachments_name(struct attachments *attachments, size_t index)
{
	struct attachment *attachment;

	LIST_FOREACH(attachment, attachments, link)
	{
		if (!index--)
			return attachment->name;
	}
	return NULL;
}
