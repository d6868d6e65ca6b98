// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_files COUNT FOLDER: a process with COUNT descriptors, of files in FOLDER that are made and
 * named like the descriptors, besides 0 and 2. Prints its pid and how many files these are:
 * fewer than COUNT only where no process may have as many. Stays until standard input ends.
 */
#include <fcntl.h>

#include "world.h"

#define OTHERS 3U

int main(int argc, char **argv)
{
	unsigned int count, limit;
	char name[16];

	if (argc != 3)
		errx(2, "usage: many_files COUNT FOLDER");
	count = world_count(argv[1]);
	limit = world_descriptors(OTHERS + count);
	if (limit < OTHERS + count)
		count = limit - OTHERS;
	closefrom((int)OTHERS);
	world_check(chdir(argv[2]), argv[2]);
	for (unsigned int i = OTHERS; i < OTHERS + count; i++) {
		snprintf(name, sizeof(name), "%u", i);
		world_check(open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600), name);
	}
	world_stay("%d %u", getpid(), count);
	return 0;
}
