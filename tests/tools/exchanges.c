// SPDX-License-Identifier: GPL-2.0-only
/*
 * exchanges FILE: each line of standard input is a frame in hex, written to an open of FILE of its
 * own; prints what that gives back.
 */
#include <ctype.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	LONGEST = 4096
};

static size_t frame_read(const char *hex, unsigned char *frame)
{
	size_t size = 0;
	unsigned int byte;

	while (size < LONGEST && isxdigit((unsigned char)*hex) && sscanf(hex, "%2x", &byte) == 1) {
		frame[size++] = (unsigned char)byte;
		hex += 2;
	}
	return size;
}

static void exchange(const char *path, const unsigned char *frame, size_t size)
{
	char answer[LONGEST];
	ssize_t got;
	int fd = open(path, O_RDWR);

	if (fd < 0 || write(fd, frame, size) != (ssize_t)size)
		err(1, "%s", path);
	while ((got = read(fd, answer, sizeof(answer))) > 0)
		fwrite(answer, 1, (size_t)got, stdout);
	if (got < 0)
		err(1, "%s: read", path);
	close(fd);
}

int main(int argc, char **argv)
{
	static char line[2 * LONGEST + 2];
	unsigned char frame[LONGEST];

	if (argc != 2)
		errx(2, "usage: exchanges FILE");
	while (fgets(line, sizeof(line), stdin))
		exchange(argv[1], frame, frame_read(line, frame));
	return 0;
}
