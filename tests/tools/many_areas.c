// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_areas COUNT: a process with COUNT mappings of one page of its own program, besides those
 * that any process has. Prints its pid, and stays until standard input ends.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include "world.h"

int main(int argc, char **argv)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	unsigned int count;
	int program;

	if (argc != 2)
		errx(2, "usage: many_areas COUNT");
	count = world_count(argv[1]);
	program = world_check(open("/proc/self/exe", O_RDONLY | O_CLOEXEC), "/proc/self/exe");
	/* The same page again is no continuation of it, so that the kernel can't merge the two. */
	for (unsigned int i = 0; i < count; i++)
		if (mmap(NULL, page, PROT_READ, MAP_PRIVATE, program, 0) == MAP_FAILED)
			err(1, "area %u (see vm.max_map_count)", i);
	world_stay("%d", getpid());
	return 0;
}
