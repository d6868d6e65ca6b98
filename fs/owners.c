// SPDX-License-Identifier: GPL-2.0-only
#include "owners.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../bpf/owners.h"
#include "ahead.h"
#include "completed.h"
#include "explain.h"
#include "schema.h"
#include "source.h"
#include "view.h"

#define SLOTS_FIRST 1024

static const struct view_definition definition = {.object = "owners"};
static struct view view;

/* An open hash table by the inode, which is never 0. Its numbers come one after another. */
struct owners {
	struct owners_row *slots;
	size_t size, count; /* size is a power of 2 */
	const struct column *inode, *pid, *fd, *comm; /* of the row to complete */
	int pids; /* the namespace whose numbers are shown; -1 for the daemon's */
};

void owners_init(const struct btf *kernel)
{
	view_init(&view, &definition, kernel);
}

void owners_free(void)
{
	view_free(&view);
	memset(&view, 0, sizeof(view));
}

static struct owners_row *slot_of(const struct owners *owners, __u64 inode)
{
	size_t at = inode & (owners->size - 1);

	while (owners->slots[at].inode && owners->slots[at].inode != inode)
		at = (at + 1) & (owners->size - 1);
	return &owners->slots[at];
}

static int owners_grow(struct owners *owners)
{
	struct owners before = *owners;

	owners->size = before.size ? 2 * before.size : SLOTS_FIRST;
	owners->slots = calloc(owners->size, sizeof(*owners->slots));
	if (!owners->slots) {
		*owners = before;
		return -ENOMEM;
	}
	for (size_t i = 0; i < before.size; i++)
		if (before.slots[i].inode)
			*slot_of(owners, before.slots[i].inode) = before.slots[i];
	free(before.slots);
	return 0;
}

/* Of many that hold a socket, as after a fork, the first stays. */
static int owners_add(struct owners *owners, const struct owners_row *row)
{
	struct owners_row *slot;

	if (2 * owners->count >= owners->size && owners_grow(owners))
		return -ENOMEM;
	slot = slot_of(owners, row->inode);
	if (slot->inode)
		return 0;
	*slot = *row;
	owners->count++;
	return 0;
}

static int owners_read(struct owners *owners, struct source *source)
{
	struct owners_row *rows = malloc(SOURCE_BATCH);
	ssize_t filled = rows ? 1 : -ENOMEM;

	while (filled > 0) {
		filled = source_fill(source, rows, SOURCE_BATCH);
		for (ssize_t i = 0; i < filled / (ssize_t)sizeof(*rows); i++)
			if (owners_add(owners, &rows[i]))
				filled = -ENOMEM;
	}
	free(rows);
	return (int)filled;
}

static void owner_complete(void *context, void *row)
{
	static const struct owners_row nobody = {.fd = -1U};
	const struct owners *owners = context;
	const struct owners_row *owner;
	__u64 inode;

	memcpy(&inode, (char *)row + owners->inode->offset, sizeof(inode));
	owner = slot_of(owners, inode);
	if (!inode || !owner->inode)
		owner = &nobody;
	memcpy((char *)row + owners->pid->offset, &owner->pid, sizeof(owner->pid));
	memcpy((char *)row + owners->fd->offset, &owner->fd, sizeof(owner->fd));
	memcpy((char *)row + owners->comm->offset, owner->comm, sizeof(owner->comm));
}

static void owners_release(void *context)
{
	struct owners *owners = context;

	if (owners->pids >= 0)
		close(owners->pids);
	free(owners->slots);
	free(owners);
}

static int owners_find_columns(struct owners *owners, const struct schema *schema)
{
	owners->inode = schema_column(schema, "inode");
	owners->pid = schema_column(schema, "pid");
	owners->fd = schema_column(schema, "fd");
	owners->comm = schema_column(schema, "comm");
	if (owners->inode && owners->pid && owners->fd && owners->comm)
		return 0;
	return explain(-EINVAL, "", "the row of an owned view has inode, pid, fd and comm");
}

static int owners_walk(void *context)
{
	struct owners *owners = context;
	const struct view_scope everyone = {.network = -1, .pids = owners->pids};
	struct source *source = NULL;
	int error = view_open(&view, &everyone, &source);

	if (!error)
		error = owners_read(owners, source);
	source_free(source);
	return error;
}

/* The scope's descriptor is closed before the walk may be over. */
static int owners_create(const struct view_scope *scope, const struct schema *schema,
			 struct owners **out)
{
	struct owners *owners = calloc(1, sizeof(*owners));
	int error;

	if (!owners)
		return -ENOMEM;
	owners->pids = scope->pids < 0 ? -1 : fcntl(scope->pids, F_DUPFD_CLOEXEC, 0);
	error = scope->pids >= 0 && owners->pids < 0 ? -errno : owners_find_columns(owners, schema);
	if (!error)
		error = owners_grow(owners);
	if (error)
		owners_release(owners);
	else
		*out = owners;
	return error;
}

int owners_join(const struct view_scope *scope, struct source **source)
{
	struct owners *owners;
	int error = owners_create(scope, (*source)->schema, &owners);

	if (error) {
		source_free(*source);
		return error;
	}
	error = ahead_source(owners_walk, owners, source);
	if (error) {
		owners_release(owners);
		return error;
	}
	return completed_source(&(struct completion){owner_complete, owners, owners_release},
				source);
}
