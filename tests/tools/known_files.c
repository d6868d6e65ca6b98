/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * known_files FOLDER: descriptors of all kinds, in FOLDER. Prints `NAME FD` for each kind, then
 * `ready`, and stays until standard input ends.
 */
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define DEEP_NAME 200 /* bytes of each part of a path of some 6,000 */
#define DEEP	  30

static int keep(const char *name, int fd)
{
	if (fd < 0)
		err(1, "%s", name);
	printf("%s %d\n", name, fd);
	return fd;
}

static void make_regular(void)
{
	int fd = keep("regular", open("file", O_RDWR | O_CREAT | O_APPEND, 0600));

	if (write(fd, "12345", 5) != 5 || link("file", "second") || lseek(fd, 3, SEEK_SET) != 3)
		err(1, "file");
	keep("hostile", open("with blank\nline \xff\\", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	keep("deleted", open("deleted", O_RDONLY | O_CREAT | O_NONBLOCK, 0600));
	if (unlink("deleted"))
		err(1, "unlink");
	keep("memory", memfd_create("known", 0));
	keep("directory", open(".", O_RDONLY | O_DIRECTORY));
	keep("path", open(".", O_PATH));
	keep("bound", open("bound", O_PATH)); /* the same folder, mounted once more */
}

static void make_special(void)
{
	int pipes[2];

	keep("char", open("/dev/null", O_RDWR));
	keep("pipe", pipe(pipes) ? -1 : pipes[0]);
	keep("socket", socket(AF_UNIX, SOCK_STREAM, 0));
	keep("eventpoll", epoll_create1(EPOLL_CLOEXEC));
	keep("eventfd", eventfd(0, 0));
	keep("timerfd", timerfd_create(CLOCK_MONOTONIC, 0));
	keep("inotify", inotify_init());
	keep("namespace", open("/proc/self/ns/net", O_RDONLY));
}

/* No system call takes such a path whole. */
static void make_deep(void)
{
	char name[DEEP_NAME + 1] = {};

	memset(name, 'd', DEEP_NAME);
	for (int i = 0; i < DEEP; i++) {
		if (i == 4000 / (DEEP_NAME + 1) - 1)
			keep("long", open("long", O_WRONLY | O_CREAT, 0600));
		if (mkdir(name, 0700) || chdir(name))
			err(1, "mkdir");
	}
	keep("deep", open("deep", O_WRONLY | O_CREAT, 0600));
}

int main(int count, char **arguments)
{
	char byte;

	if (count != 2 || chdir(arguments[1]))
		err(1, "known_files FOLDER");
	make_regular();
	make_special();
	make_deep();
	puts("ready");
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	return 0;
}
