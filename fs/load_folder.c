// SPDX-License-Identifier: GPL-2.0-only
#include "load_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "explain.h"
#include "loaded.h"

/* Whether root alone can change it. */
static int owner_check(const struct stat *attributes)
{
	if (attributes->st_uid || attributes->st_mode & 022)
		return explain(-EACCES, "", "others than root can write it");
	return 0;
}

static int bytes_read(int file, size_t size, struct buffer *out)
{
	ssize_t got;

	if (!buffer_room(out, size))
		return -ENOMEM;
	got = pread(file, out->data, size, 0);
	if (got < 0)
		return -errno;
	out->size = (size_t)got;
	return 0;
}

static int object_read(int folder, const char *file_name, struct buffer *out)
{
	int file = openat(folder, file_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat attributes;
	int error;

	if (file < 0)
		return -errno;
	error = fstat(file, &attributes) ? -errno : owner_check(&attributes);
	if (!error && (!S_ISREG(attributes.st_mode) || attributes.st_size > LOADED_SIZE_MOST))
		error = -EFBIG;
	if (!error)
		error = bytes_read(file, (size_t)attributes.st_size, out);
	close(file);
	return error;
}

static void say(const char *folder, const char *name, int error)
{
	struct explanation words;

	explain_take(&words);
	fprintf(stderr, "bpfview: %s%s%s: %s\n", folder, *name ? "/" : "", name,
		words.message[0] ? words.message : strerror(-error));
}

static int object_load(int folder, const char *file)
{
	struct buffer bytes = {0};
	char name[LOADED_NAME_MOST + 1];
	bool source;
	int error = loaded_file_name(file, name, &source);

	if (!error && source) /* against include/, which is not mounted yet */
		error = explain(-EOPNOTSUPP, "compile it, or cp it into load/ afterwards",
				"sources are not compiled at the mount");
	if (!error)
		error = object_read(folder, file, &bytes);
	if (!error)
		error = loaded_load(name, &bytes);
	buffer_free(&bytes);
	return error;
}

int load_folder(const char *path)
{
	DIR *folder = opendir(path);
	struct stat attributes;
	struct dirent *entry;
	int error;

	if (!folder || fstat(dirfd(folder), &attributes))
		error = -errno;
	else
		error = owner_check(&attributes);
	if (error)
		say(path, "", error);
	while (folder && !error && (entry = readdir(folder))) {
		int failed = 0;

		if (entry->d_name[0] != '.')
			failed = object_load(dirfd(folder), entry->d_name);
		if (failed)
			say(path, entry->d_name, failed);
	}
	if (folder)
		closedir(folder);
	return error ? -1 : 0;
}
