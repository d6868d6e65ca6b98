// SPDX-License-Identifier: GPL-2.0-only
/*
 * While READERS processes read FILE from start to end again and again, times short requests: a stat
 * of TABLE, a stat of a name that isn't there, and an open, read and close of TABLE. Prints a line
 * each: median and 99th percentile in milliseconds; then how many MiB of FILE were read.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "samples.h"

enum {
	BUFFER = 131072,
	PROBES = 500,
	SETTLE_MS = 2000,
	GAP_US = 5000
};

/* Counts the bytes in total, which may be shared. */
static bool read_file(const char *path, atomic_size_t *total)
{
	static char buffer[BUFFER];
	int fd = open(path, O_RDONLY);
	ssize_t size = -1;

	while (fd >= 0 && (size = read(fd, buffer, BUFFER)) > 0)
		atomic_fetch_add(total, size);
	if (fd >= 0)
		close(fd);
	return size == 0;
}

static pid_t start_reader(const char *path, atomic_size_t *total)
{
	pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (read_file(path, total))
			;
		err(1, "%s", path);
	}
	return pid;
}

static void probe(const char *table, const char *missing, int i, double *samples[3])
{
	struct stat stat_buffer;
	atomic_size_t size = 0;
	double start = now_ms();

	if (stat(table, &stat_buffer))
		err(1, "%s", table);
	samples[0][i] = now_ms() - start;
	start = now_ms();
	if (!stat(missing, &stat_buffer) || errno != ENOENT)
		err(1, "%s", missing);
	samples[1][i] = now_ms() - start;
	start = now_ms();
	if (!read_file(table, &size))
		err(1, "%s", table);
	samples[2][i] = now_ms() - start;
}

int main(int argc, char **argv)
{
	int readers = argc == 4 ? atoi(argv[1]) : 0;
	atomic_size_t *total = mmap(NULL, sizeof(*total), PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char *missing;
	static double a[PROBES], b[PROBES], c[PROBES];
	double *samples[] = {a, b, c};

	if (readers < 1 || total == MAP_FAILED)
		errx(2, "usage: storm READERS FILE TABLE");
	if (asprintf(&missing, "%s.missing", argv[3]) < 0)
		err(1, "name");

	pid_t pids[readers];

	for (int i = 0; i < readers; i++)
		pids[i] = start_reader(argv[2], total);
	usleep(SETTLE_MS * 1000);
	for (int i = 0; i < PROBES; i++) {
		probe(argv[3], missing, i, samples);
		usleep(GAP_US);
	}
	for (int i = 0; i < readers; i++) {
		if (waitpid(pids[i], NULL, WNOHANG))
			errx(1, "a reader ended");
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
	for (int i = 0; i < 3; i++)
		printf("%.4f %.4f\n", percentile(samples[i], PROBES, 50),
		       percentile(samples[i], PROBES, 99));
	printf("%zu\n", *total >> 20);
	return 0;
}
