/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * known_network KEEPER COMMAND [FILE]: makes a network namespace, runs COMMAND in it, and keeps it
 * by one thing alone: a `thread`, a `socket`, a `descriptor`, or a `mount` on FILE, in a mount
 * namespace of its own. Prints the namespace's number, and stays until standard input ends.
 */
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define NETWORK "/proc/thread-self/ns/net"

static const char *keeper, *command, *file;

static int network_open(void)
{
	int network = open(NETWORK, O_RDONLY | O_CLOEXEC);

	if (network < 0)
		err(1, NETWORK);
	return network;
}

static void network_make(void)
{
	struct stat attributes;

	if (unshare(CLONE_NEWNET))
		err(1, "unshare");
	if (system(command))
		errx(1, "%s failed", command);
	if (stat(NETWORK, &attributes))
		err(1, NETWORK);
	printf("%lu\n", attributes.st_ino);
}

static void network_keep(void)
{
	if (!strcmp(keeper, "socket")) {
		if (socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0) < 0)
			err(1, "socket");
	} else if (!strcmp(keeper, "descriptor")) {
		network_open();
	} else if (mount(NETWORK, file, NULL, MS_BIND, NULL)) {
		err(1, "mount");
	}
}

static void *thread_run(void *unused)
{
	(void)unused;
	network_make();
	fclose(stdout);
	for (;;)
		pause();
	return NULL;
}

static void make_with_thread(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, thread_run, NULL))
		errx(1, "thread");
}

static void make_and_leave(void)
{
	int own = network_open();

	network_make();
	network_keep();
	if (setns(own, CLONE_NEWNET))
		err(1, "setns");
	close(own);
	fclose(stdout);
}

int main(int argc, char **argv)
{
	char byte;

	if (argc < 3)
		errx(1, "known_network KEEPER COMMAND [FILE]");
	keeper = argv[1];
	command = argv[2];
	file = argv[3];
	if (file && (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)))
		err(1, "mount namespace");
	if (!strcmp(keeper, "thread"))
		make_with_thread();
	else
		make_and_leave();
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	return 0;
}
