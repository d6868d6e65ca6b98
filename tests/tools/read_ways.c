// SPDX-License-Identifier: GPL-2.0-only
/*
 * read_ways WAY [FILE]: reads a file, or standard input from its beginning whatever its position,
 * in one of the ways of read_ways.h, and writes what it got to standard output.
 */
#include "read_ways.h"

static void put(const struct copy *copy)
{
	size_t done = 0;

	while (done < copy->size) {
		ssize_t size = write(STDOUT_FILENO, copy->bytes + done, copy->size - done);

		if (size < 0)
			err(1, "write");
		done += (size_t)size;
	}
}

int main(int argc, char **argv)
{
	struct copy copy = {0};

	for (size_t i = 0; argc > 1 && i < WAYS; i++) {
		int file = STDIN_FILENO;

		if (strcmp(ways[i].name, argv[1]))
			continue;
		if (argc > 2)
			file = open(argv[2], O_RDONLY | O_CLOEXEC | ways[i].flags);
		if (file < 0)
			err(1, "%s", argv[2]);
		if (lseek(file, 0, SEEK_SET))
			err(1, "lseek");
		way_run(&ways[i], file, &copy);
		put(&copy);
		free(copy.bytes);
		return 0;
	}
	errx(2, "usage: read_ways WAY [FILE]");
}
