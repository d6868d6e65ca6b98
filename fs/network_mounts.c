// SPDX-License-Identifier: GPL-2.0-only
#include "network_mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "kernel.h"

#define READ_SIZE 32768

struct mount {
	const char *root, *point, *type;
};

struct mounts {
	struct buffer text; /* what the mounts point into */
	struct mount *list;
	size_t count;
};

static bool file_read(const char *path, struct buffer *out)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = file < 0 ? -1 : 1;

	while (got > 0 && buffer_room(out, READ_SIZE)) {
		got = read(file, out->data + out->size, READ_SIZE);
		if (got > 0)
			out->size += (size_t)got;
	}
	if (file >= 0)
		close(file);
	buffer_put_char(out, '\0');
	return !got && !out->failed;
}

/* proc_pid_mountinfo(5): ID PARENT DEVICE ROOT POINT OPTIONS [FIELD...] - TYPE SOURCE OPTIONS */
static bool line_parse(char *line, struct mount *out)
{
	char *type = strstr(line, " - ");

	if (!type)
		return false;
	type += strlen(" - ");
	out->type = strsep(&type, " ");
	for (int skipped = 0; skipped < 3; skipped++)
		strsep(&line, " ");
	out->root = strsep(&line, " ");
	out->point = strsep(&line, " ");
	return out->point;
}

static bool mounts_read(const char *place, struct mounts *out)
{
	char path[80], *rest, *line;
	size_t capacity = 0;

	snprintf(path, sizeof(path), "%s/mountinfo", place);
	if (!file_read(path, &out->text))
		return false;
	for (const char *c = out->text.data; *c; c++)
		capacity += *c == '\n';
	out->list = calloc(capacity + 1, sizeof(*out->list));
	out->count = 0;
	rest = out->text.data;
	while (out->list && (line = strsep(&rest, "\n")))
		if (line_parse(line, &out->list[out->count]))
			out->count++;
	return out->list;
}

static void mounts_free(struct mounts *mounts)
{
	buffer_free(&mounts->text);
	free(mounts->list);
}

static bool type_is_local(const char *type)
{
	static const char *const local[] = {
		"nsfs", "tmpfs",    "ramfs",	"rootfs", "devtmpfs", "proc",	 "sysfs",
		"ext2", "ext3",	    "ext4",	"xfs",	  "btrfs",    "f2fs",	 "overlay",
		"zfs",	"squashfs", "bcachefs", "erofs",  "vfat",     "iso9660",
	};

	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++)
		if (!strcmp(local[i], type))
			return true;
	return false;
}

/* Whether the way to path leads over what is mounted at point. */
static bool point_is_on_way(const char *point, const char *path)
{
	size_t length = strlen(point);

	if (length == 1)
		return true;
	return !strncmp(point, path, length) && (!path[length] || path[length] == '/');
}

static bool way_is_local(const struct mounts *mounts, const char *path)
{
	bool from_root = false;

	for (size_t i = 0; i < mounts->count; i++) {
		const struct mount *mount = &mounts->list[i];

		if (!point_is_on_way(mount->point, path))
			continue;
		if (!type_is_local(mount->type))
			return false;
		from_root |= !strcmp(mount->point, "/");
	}
	return from_root;
}

/* The kernel writes blanks and the like as \040. Makes path longer by it, or leaves it. */
static bool path_add(char *path, size_t size, const char *escaped)
{
	size_t used = strlen(path);
	unsigned int byte;
	int taken;

	for (; *escaped && used + 1 < size; escaped += taken) {
		taken = sscanf(escaped, "\\%3o", &byte) == 1 ? 4 : 1;
		path[used++] = taken == 4 ? (char)byte : *escaped;
	}
	path[used] = '\0';
	return !*escaped;
}

static int mount_open(const char *place, const struct mount *mount, uint32_t number)
{
	char path[4200], link[64];
	int named, network = -ENOENT;

	snprintf(path, sizeof(path), "%s/root", place);
	if (!path_add(path, sizeof(path), mount->point))
		return -ENOENT;
	/* What was mounted over it in the meantime is not opened. */
	named = kernel_network_check(open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC), number);
	if (named < 0)
		return -ENOENT;
	snprintf(link, sizeof(link), "/proc/thread-self/fd/%d", named);
	network = kernel_network_check(open(link, O_RDONLY | O_CLOEXEC), number);
	close(named);
	return network;
}

int network_find_mounted(const char *place, uint32_t number)
{
	struct mounts mounts = {0};
	int network = -ENOENT;
	char root[32];

	snprintf(root, sizeof(root), "net:[%u]", number);
	if (mounts_read(place, &mounts))
		for (size_t i = 0; network < 0 && i < mounts.count; i++)
			if (!strcmp(mounts.list[i].type, "nsfs") &&
			    !strcmp(mounts.list[i].root, root) &&
			    way_is_local(&mounts, mounts.list[i].point))
				network = mount_open(place, &mounts.list[i], number);
	mounts_free(&mounts);
	return network;
}
