// SPDX-License-Identifier: GPL-2.0-only
#include "background.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The daemon has said that it is ready; ask the mount itself. */
static int mount_ask(const char *mountpoint)
{
	struct stat attributes;

	if (!stat(mountpoint, &attributes))
		return 0;
	perror(mountpoint);
	return 1;
}

bool background_start(struct background *background, const char *mountpoint)
{
	int ends[2];
	char byte;
	pid_t child;

	background->status = 1;
	if (pipe2(ends, O_CLOEXEC) || (child = fork()) < 0) {
		perror("bpfview");
		return true;
	}
	if (child > 0) {
		close(ends[1]);
		if (read(ends[0], &byte, 1) == 1)
			background->status = mount_ask(mountpoint);
		close(ends[0]);
		return true;
	}
	close(ends[0]);
	setsid();
	background->ready = ends[1];
	return false;
}

void background_ready(struct background *background)
{
	int null;

	if (!background)
		return;
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null >= 0 && (dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0 ||
			  dup2(null, STDERR_FILENO) < 0))
		perror("bpfview");
	if (null > STDERR_FILENO)
		close(null);
	if (chdir("/") || write(background->ready, "", 1) != 1)
		perror("bpfview");
	close(background->ready);
}
