// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_cgroups COUNT FOLDER: so many cgroups of version 2, the first of them FOLDER, which is made.
 * They are a tree: cgroup N, counted from 1, is the folder N in that of cgroup (N + 8) / 10. Prints
 * FOLDER, stays until standard input ends or it is told to end, and removes them.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "world.h"

/* Writes the path of a cgroup, and returns its end. */
static char *write_path(char *out, const char *folder, unsigned int number)
{
	if (number == 1)
		return stpcpy(out, folder);
	out = write_path(out, folder, (number + 8) / 10);
	return out + sprintf(out, "/%u", number);
}

static void remove_all(const char *folder, unsigned int made)
{
	char path[PATH_MAX];

	for (; made; made--) {
		write_path(path, folder, made);
		if (rmdir(path))
			warn("%s", path);
	}
}

int main(int argc, char **argv)
{
	unsigned int count, made = 0;
	char path[PATH_MAX];

	if (argc != 3 || strlen(argv[2]) > PATH_MAX / 2)
		errx(2, "usage: many_cgroups COUNT FOLDER");
	count = world_count(argv[1]);
	world_begin();
	for (; made < count; made++) {
		write_path(path, argv[2], made + 1);
		if (mkdir(path, 0755)) {
			warn("%s", path);
			remove_all(argv[2], made);
			return 1;
		}
	}
	world_stay("%s", argv[2]);
	remove_all(argv[2], count);
	return 0;
}
