// SPDX-License-Identifier: GPL-2.0-only
/*
 * read_reopen FILE: opens a table by way of descriptors of it. While it is open, an open of
 * /proc/self/fd/N is the same table; with a descriptor of O_PATH alone, which also knows a size,
 * each open is a new one, whole to splice as well.
 */
#include "read_ways.h"

static const struct way *way_named(const char *name)
{
	for (size_t i = 0; i < WAYS; i++)
		if (!strcmp(ways[i].name, name))
			return &ways[i];
	errx(1, "no way %s", name);
}

static int reopen(int file)
{
	char path[64];
	int other;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	other = open(path, O_RDONLY | O_CLOEXEC);
	if (other < 0)
		err(1, "%s", path);
	return other;
}

/* Closes file. */
static struct copy copy_of(int file, const char *way)
{
	struct copy copy = {0};

	lseek(file, 0, SEEK_SET);
	way_run(way_named(way), file, &copy);
	close(file);
	return copy;
}

static void check_same(const struct copy *one, const struct copy *other, const char *what)
{
	if (one->size != other->size || memcmp(one->bytes, other->bytes, one->size))
		errx(1, "%s: another table, %zu bytes and not %zu", what, other->size, one->size);
}

static void check_open(const char *path)
{
	static const char *const names[] = {"splice", "pread", "shared", "large"};
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct copy first = copy_of(dup(file), "odd"), again;

	for (size_t i = 0; i < 4; i++) {
		int other = reopen(file);

		posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
		again = copy_of(other, names[i]);
		check_same(&first, &again, names[i]);
		free(again.bytes);
		again = copy_of(dup(file), names[i]);
		check_same(&first, &again, "the first one");
		free(again.bytes);
	}
	free(first.bytes);
	close(file);
}

/* Whole means that a read of the same open, which asks for the size, finds no more. */
static void check_path(const char *path)
{
	int place = open(path, O_PATH | O_CLOEXEC);

	if (file_size(place))
		errx(1, "a size before the open");
	for (int i = 0; i < 3; i++) {
		int file = reopen(place);
		struct copy first = copy_of(dup(file), i ? "splice" : "sendfile");
		struct copy again = copy_of(file, "large");

		if (!first.size)
			errx(1, "an empty table");
		check_same(&first, &again, "of a path");
		free(first.bytes);
		free(again.bytes);
	}
	close(place);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: read_reopen FILE");
	check_open(argv[1]);
	check_path(argv[1]);
	return 0;
}
