// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's iterator over cgroups can't go on after one buffer, so the folders are walked, and
 * each one's value is looked up by its descriptor.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "element_map.h"
#include "element_schema.h"
#include "explain.h"
#include "kernel.h"
#include "kind.h"
#include "schema.h"
#include "source.h"

struct storage {
	struct source source;
	struct schema *schema;
	FTS *folders;
	int map;
};

static const struct column cgroup = {
	.name = "cgroup_id", .kind = &kind_unsigned, .size = sizeof(__u64)};

/* Whether there is a row: the inode's number, which is the cgroup's id, and its value. */
static int storage_row(const struct storage *storage, const char *path, char *record)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat status;
	__u64 id;
	int error;

	if (folder < 0)
		return errno == ENOENT || errno == ENODEV ? 0 : -errno;
	error = fstat(folder, &status) ? -errno : 0;
	if (!error)
		error = bpf_map_lookup_elem(storage->map, &folder, record + sizeof(id));
	close(folder);
	if (error == -ENOENT)
		return 0;
	id = status.st_ino;
	memcpy(record, &id, sizeof(id));
	return error ? error : 1;
}

static ssize_t storage_fill(struct source *source, void *records, size_t size)
{
	struct storage *storage = (struct storage *)source;
	size_t filled = 0;
	FTSENT *entry;
	int got;

	while (size - filled >= source->batch) {
		errno = 0;
		entry = fts_read(storage->folders);
		if (!entry && errno)
			return explain(-errno, NULL, "walking the cgroups: %s", strerror(errno));
		if (!entry)
			break;
		if (entry->fts_info != FTS_D)
			continue;
		got = storage_row(storage, entry->fts_path, (char *)records + filled);
		if (got < 0)
			return explain(got, NULL, "looking up a cgroup's value: %s",
				       strerror(-got));
		filled += got ? source->batch : 0;
	}
	return (ssize_t)filled;
}

static void storage_free(struct source *source)
{
	struct storage *storage = (struct storage *)source;

	if (storage->folders)
		fts_close(storage->folders);
	if (storage->map >= 0)
		close(storage->map);
	schema_free(storage->schema);
	free(storage);
}

static const struct source_operations storage_operations = {
	.fill = storage_fill,
	.free = storage_free,
};

/* By whole paths: the working directory is shared by the threads. */
static int walk_cgroups(FTS **out)
{
	char tree[PATH_MAX], *paths[] = {tree, NULL};
	int error = kernel_cgroups(tree, sizeof(tree));

	if (error)
		return error;
	*out = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT | FTS_XDEV, NULL);
	return *out ? 0 : -errno;
}

int element_cgroup_storage_open(const struct element_map *map, struct source **out)
{
	struct storage *storage = calloc(1, sizeof(*storage));
	int error;

	if (!storage)
		return -ENOMEM;
	storage->source.operations = &storage_operations;
	storage->source.batch = sizeof(__u64) + map->value_bytes;
	storage->map = fcntl(map->descriptor, F_DUPFD_CLOEXEC, 0);
	error = storage->map < 0 ? -errno : walk_cgroups(&storage->folders);
	if (!error)
		error = element_schema_value(map, &cgroup, 1, sizeof(__u64), &storage->schema);
	if (error) {
		storage_free(&storage->source);
		return error;
	}
	storage->source.schema = storage->schema;
	*out = &storage->source;
	return 0;
}
