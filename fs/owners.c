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

#define BITS_FIRST 10

static const struct view_definition definition = {.object = "owners"};
static struct view view;

/*
 * The walk's rows, and an open hash table of them by inode. Inodes come in runs, which must not
 * fill neighbouring slots. A slot has the number of its row, counted from 1, so that the table is
 * small enough to stay in the cache.
 */
struct owners {
	struct owners_row *rows; /* room for half as many as there are slots */
	__u32 count, *slots;
	unsigned int bits; /* of a slot's index */
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

/* That of the inode, or the empty one where it belongs. */
static __u32 *slot_of(const struct owners *owners, __u64 inode)
{
	const __u32 mask = (1U << owners->bits) - 1;
	__u32 at = (__u32)(inode * 0x9e3779b97f4a7c15 >> (64 - owners->bits)); /* 2^64 / golden */

	while (owners->slots[at] && owners->rows[owners->slots[at] - 1].inode != inode)
		at = (at + 1) & mask;
	return &owners->slots[at];
}

/* Twice as many slots, at least BITS_FIRST bits of them. */
static int owners_grow(struct owners *owners)
{
	const unsigned int bits = owners->bits ? owners->bits + 1 : BITS_FIRST;
	__u32 *slots = calloc(1UL << bits, sizeof(*slots));
	struct owners_row *rows = realloc(owners->rows, (sizeof(*rows) << bits) / 2);

	if (rows)
		owners->rows = rows;
	if (!slots || !rows) {
		free(slots);
		return -ENOMEM;
	}
	free(owners->slots);
	owners->slots = slots;
	owners->bits = bits;
	for (__u32 i = 0; i < owners->count; i++)
		*slot_of(owners, rows[i].inode) = i + 1;
	return 0;
}

/* Of many that hold a socket, as after a fork, the first stays. */
static int owners_add(struct owners *owners, const struct owners_row *row)
{
	__u32 *slot;

	if (owners->count == 1U << owners->bits >> 1 && owners_grow(owners))
		return -ENOMEM;
	slot = slot_of(owners, row->inode);
	if (*slot)
		return 0;
	owners->rows[owners->count] = *row;
	*slot = ++owners->count;
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
	const struct owners_row *owner = &nobody;
	__u64 inode;
	__u32 slot;

	memcpy(&inode, (char *)row + owners->inode->offset, sizeof(inode));
	slot = *slot_of(owners, inode);
	if (slot)
		owner = &owners->rows[slot - 1];
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
	free(owners->rows);
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
