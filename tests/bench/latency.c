// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens, reads to the end and closes two files in turn. Prints what print_pairs() says of the time
 * to the first byte, then of the whole. A sample is the median of a group of opens.
 */
#include <err.h>
#include <fcntl.h>
#include <unistd.h>

#include "samples.h"

enum {
	GROUP = 50,
	BUFFER = 131072
};

struct sample {
	double first, whole;
};

static struct sample time_open(const char *path)
{
	static char buffer[BUFFER];
	struct sample sample = {0};
	double start = now_ms();
	int fd = open(path, O_RDONLY);
	ssize_t size;

	if (fd < 0)
		err(1, "%s", path);
	while ((size = read(fd, buffer, sizeof(buffer))) > 0)
		if (!sample.first)
			sample.first = now_ms() - start;
	if (size < 0 || !sample.first)
		err(1, "%s: read", path);
	close(fd);
	sample.whole = now_ms() - start;
	return sample;
}

int main(int argc, char **argv)
{
	int rounds = argc == 4 ? atoi(argv[1]) : 0;

	if (rounds < 1)
		errx(2, "usage: latency ROUNDS FILE FILE");

	double first[2][rounds], whole[2][rounds], group_first[2][GROUP], group_whole[2][GROUP];

	for (int i = 0; i < rounds; i++) {
		for (int j = 0; j < 2 * GROUP; j++) {
			struct sample sample = time_open(argv[2 + j % 2]);

			group_first[j % 2][j / 2] = sample.first;
			group_whole[j % 2][j / 2] = sample.whole;
		}
		for (int side = 0; side < 2; side++) {
			first[side][i] = percentile(group_first[side], GROUP, 50);
			whole[side][i] = percentile(group_whole[side], GROUP, 50);
		}
	}
	print_pairs(first[0], first[1], rounds);
	print_pairs(whole[0], whole[1], rounds);
	return 0;
}
