/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * known_area [FILE]...: a process with memory of every kind: each FILE mapped for reading, shared
 * and private; memory without a file, private, shared, without access and, where the kernel has
 * such names, named "known name"; a memfd; a heap. Prints `ready`, after `named` if it could
 * name memory, and stays until standard input ends.
 */
#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#define SIZE 8192UL

#ifndef PR_SET_VMA
#define PR_SET_VMA	     0x53564d41
#define PR_SET_VMA_ANON_NAME 0
#endif

static void *map(int protection, int flags, int file, off_t offset)
{
	void *memory = mmap(NULL, SIZE, protection, flags, file, offset);

	if (memory == MAP_FAILED)
		err(1, "mmap");
	return memory;
}

static void map_file(const char *name)
{
	int file = open(name, O_RDONLY);

	if (file < 0)
		err(1, "%s", name);
	map(PROT_READ, MAP_SHARED, file, 0);
	map(PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE, file, (off_t)SIZE);
	close(file);
}

static void map_anonymous(void)
{
	int memfd = memfd_create("known memory", 0);
	void *named = map(PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memfd < 0 || ftruncate(memfd, (off_t)SIZE))
		err(1, "memfd_create");
	map(PROT_READ | PROT_WRITE, MAP_SHARED, memfd, 0);
	map(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	map(PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	map(PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, named, SIZE, "known name"))
		puts("named");
}

int main(int count, char **arguments)
{
	char bytes[64];

	for (int i = 1; i < count; i++)
		map_file(arguments[i]);
	map_anonymous();
	if (sbrk((intptr_t)SIZE) == (void *)-1)
		err(1, "sbrk");
	puts("ready");
	fflush(stdout);
	while (read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
		;
	return 0;
}
