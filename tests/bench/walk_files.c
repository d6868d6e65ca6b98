// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walks /proc/PID/fd of all processes as fast as that goes: prints pid, descriptor and what the
 * link says, a line each.
 */
#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

static DIR *folder_open(int in, const char *name)
{
	int folder = openat(in, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return folder < 0 ? NULL : fdopendir(folder);
}

/* A process that has ended meanwhile has no folder. */
static void walk_process(int proc, const char *process)
{
	char path[NAME_MAX + 4], target[PATH_MAX];
	struct dirent *entry;
	DIR *files;

	snprintf(path, sizeof(path), "%s/fd", process);
	files = folder_open(proc, path);
	if (!files)
		return;
	while ((entry = readdir(files))) {
		ssize_t size = readlinkat(dirfd(files), entry->d_name, target, sizeof(target));

		if (size < 0)
			continue;
		fputs_unlocked(process, stdout);
		putchar_unlocked(' ');
		fputs_unlocked(entry->d_name, stdout);
		putchar_unlocked(' ');
		fwrite_unlocked(target, 1, (size_t)size, stdout);
		putchar_unlocked('\n');
	}
	closedir(files);
}

int main(void)
{
	DIR *proc = folder_open(AT_FDCWD, "/proc");
	struct dirent *entry;

	if (!proc)
		err(1, "/proc");
	while ((entry = readdir(proc)))
		if (isdigit((unsigned char)entry->d_name[0]))
			walk_process(dirfd(proc), entry->d_name);
	closedir(proc);
	if (fflush(stdout))
		err(1, "write");
	return 0;
}
