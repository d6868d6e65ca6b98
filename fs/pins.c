// SPDX-License-Identifier: GPL-2.0-only
#include "pins.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <mntent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "records.h"
#include "schema.h"

struct pin {
	uint32_t id;
	char kind[8];
	char name[64];
	char path[512];
};

#define COLUMN(member, shown, words)                                                               \
	{                                                                                          \
		.name = #member, .kind = &(shown), .offset = offsetof(struct pin, member),         \
		.size = sizeof(((struct pin *)0)->member), .about = (words)                        \
	}

static struct column columns[] = {
	COLUMN(id, kind_unsigned, "of progs, maps/list or links"),
	COLUMN(kind, kind_chars, "prog, map or link"),
	COLUMN(name, kind_chars, "of a prog or map, or what a link iterates"),
	COLUMN(path, kind_chars, NULL),
};

const struct schema pins_schema = {
	.columns = columns,
	.count = sizeof(columns) / sizeof(columns[0]),
	.row_size = sizeof(struct pin),
};

/* The words that the kernel names a descriptor's kind by. */
static const char *kind_of(int descriptor)
{
	static const char *const kinds[][2] = {
		{"anon_inode:bpf-prog", "prog"},
		{"anon_inode:bpf-map", "map"},
		{"anon_inode:bpf_link", "link"},
		{"anon_inode:bpf-link", "link"},
	};
	char link[64], target[64] = "";

	snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
	if (readlink(link, target, sizeof(target) - 1) < 0)
		return NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(target, kinds[i][0]))
			return kinds[i][1];
	return NULL;
}

static void prog_read(int descriptor, struct pin *out)
{
	struct bpf_prog_info info = {0};
	uint32_t size = sizeof(info);

	if (bpf_obj_get_info_by_fd(descriptor, &info, &size))
		return;
	out->id = info.id;
	memcpy(out->name, info.name, sizeof(info.name));
}

static void map_read(int descriptor, struct pin *out)
{
	struct bpf_map_info info = {0};
	uint32_t size = sizeof(info);

	if (bpf_obj_get_info_by_fd(descriptor, &info, &size))
		return;
	out->id = info.id;
	memcpy(out->name, info.name, sizeof(info.name));
}

/* Another type of link takes the place of the name for something else of its own. */
static void link_read(int descriptor, struct pin *out)
{
	struct bpf_link_info info = {0};
	char target[sizeof(out->name)] = "";
	uint32_t size = sizeof(info);

	if (bpf_obj_get_info_by_fd(descriptor, &info, &size))
		return;
	out->id = info.id;
	if (info.type != BPF_LINK_TYPE_ITER)
		return;
	info = (struct bpf_link_info){.iter.target_name = (uint64_t)(uintptr_t)target,
				      .iter.target_name_len = sizeof(target)};
	if (!bpf_obj_get_info_by_fd(descriptor, &info, &size))
		memcpy(out->name, target, sizeof(target));
}

/* False for what is no pin. */
static bool pin_read(const char *path, struct pin *out)
{
	int descriptor = bpf_obj_get(path);
	const char *kind = descriptor < 0 ? NULL : kind_of(descriptor);

	*out = (struct pin){0};
	if (kind) {
		strcpy(out->kind, kind);
		snprintf(out->path, sizeof(out->path), "%s", path);
		if (*kind == 'p')
			prog_read(descriptor, out);
		else if (*kind == 'm')
			map_read(descriptor, out);
		else
			link_read(descriptor, out);
	}
	if (descriptor >= 0)
		close(descriptor);
	return out->id;
}

static void folder_walk(char *folder, struct buffer *rows)
{
	char *const paths[] = {folder, NULL};
	FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);
	struct pin pin;
	FTSENT *entry;

	while (walk && (entry = fts_read(walk)))
		if (entry->fts_info == FTS_F && pin_read(entry->fts_path, &pin))
			buffer_put(rows, &pin, sizeof(pin));
	if (walk)
		fts_close(walk);
}

int pins_source(struct source **out)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	char line[PATH_MAX + 256];
	struct buffer rows = {0};
	struct mntent entry;

	while (mounts && getmntent_r(mounts, &entry, line, sizeof(line)))
		if (!strcmp(entry.mnt_type, "bpf"))
			folder_walk(entry.mnt_dir, &rows);
	if (mounts)
		endmntent(mounts);
	if (rows.failed) {
		buffer_free(&rows);
		return -ENOMEM;
	}
	return records_source(&pins_schema, rows.data, rows.size / sizeof(struct pin), out);
}
