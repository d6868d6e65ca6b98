// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_sockets tcp|udp|unix COUNT: so many sockets, in a network namespace of their own. Number I
 * of tcp   each two, from 0, are the ends of connection C = I / 2, from 127.0.1.1 port 10000 + C to
 *         127.0.0.1 port 1000 + P, which nobody listens at any more
 *   udp   is bound to 127.0.1.1 port 10000 + I
 *   unix  is a datagram socket bound to the abstract name many_I
 * After 50,000 the ports begin anew, on 127.0.1.2 and so on. Process P, of those that hold them,
 * has 10,000, from number P * 10,000 on. Prints the namespace's inode and the pids of all P, from
 * 0, and stays until standard input ends.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "world.h"

#define SHARE	   10000U
#define SHARES	   100U
#define PORTS	   50000U
#define FIRST_PORT 10000U

static void make_namespace(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int any;

	world_check(unshare(CLONE_NEWNET), "a network namespace");
	any = world_check(socket(AF_INET, SOCK_DGRAM, 0), "socket");
	world_check(ioctl(any, SIOCSIFFLAGS, &request), "lo");
	close(any);
}

/* A socket bound to its place among all. */
static int bound(int type, unsigned int number)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)(FIRST_PORT + number % PORTS)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 256 + number / PORTS),
	};
	int fd = world_check(socket(AF_INET, type, 0), "socket");

	world_check(bind(fd, (struct sockaddr *)&address, sizeof(address)), "bind");
	return fd;
}

static int listener(const struct sockaddr_in *address)
{
	int fd = world_check(socket(AF_INET, SOCK_STREAM, 0), "socket");

	world_check(bind(fd, (const struct sockaddr *)address, sizeof(*address)), "bind");
	world_check(listen(fd, 8), "listen");
	return fd;
}

/* Closed by a reset, so that nothing of them stays behind. */
static void make_tcp(unsigned int from, unsigned int to)
{
	const struct linger reset = {.l_onoff = 1};
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)(1000 + from / SHARE)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int ear = listener(&address), fd;

	for (unsigned int i = from; i < to; i += 2) {
		fd = bound(SOCK_STREAM, i / 2);
		world_check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)),
			    "SO_LINGER");
		world_check(connect(fd, (struct sockaddr *)&address, sizeof(address)), "connect");
		world_check(accept(ear, NULL, NULL), "accept");
	}
	close(ear);
}

static void make_udp(unsigned int from, unsigned int to)
{
	for (unsigned int i = from; i < to; i++)
		bound(SOCK_DGRAM, i);
}

static void make_unix(unsigned int from, unsigned int to)
{
	for (unsigned int i = from; i < to; i++) {
		struct sockaddr_un address = {.sun_family = AF_UNIX};
		int length = sprintf(address.sun_path + 1, "many_%u", i);
		int fd = world_check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");

		world_check(bind(fd, (struct sockaddr *)&address,
				 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1) +
					 (socklen_t)length),
			    "bind");
	}
}

static const struct kind {
	const char *name;
	void (*make)(unsigned int from, unsigned int to);
} kinds[] = {{"tcp", make_tcp}, {"udp", make_udp}, {"unix", make_unix}};

static const struct kind *find_kind(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(name, kinds[i].name))
			return &kinds[i];
	errx(2, "there is no kind %s", name);
}

/* Returns when they are made, with the pid of the process that has them and ends after this one. */
static pid_t make_share(const struct kind *kind, unsigned int from, unsigned int to)
{
	int made[2];
	char byte = 0;
	pid_t pid;

	world_check(pipe(made), "pipe");
	pid = world_check(fork(), "fork");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(made[0]);
		kind->make(from, to);
		if (write(made[1], &byte, 1) != 1)
			err(1, "write");
		for (;;)
			pause();
	}
	close(made[1]);
	if (read(made[0], &byte, 1) != 1)
		errx(1, "sockets from %u on could not be made", from);
	close(made[0]);
	return pid;
}

/* Says the line of the world. */
static void stay(const pid_t *pids, unsigned int shares)
{
	char words[32 + SHARES * 12];
	struct stat namespace;
	int length;

	world_check(stat("/proc/self/ns/net", &namespace), "/proc/self/ns/net");
	length = sprintf(words, "%lu", (unsigned long)namespace.st_ino);
	for (unsigned int i = 0; i < shares; i++)
		length += sprintf(words + length, " %d", pids[i]);
	world_stay("%s", words);
}

int main(int argc, char **argv)
{
	const struct kind *kind;
	unsigned int count, from, shares = 0;
	pid_t pids[SHARES];

	if (argc != 3)
		errx(2, "usage: many_sockets tcp|udp|unix COUNT");
	kind = find_kind(argv[1]);
	count = world_count(argv[2]);
	if (count > SHARES * SHARE || (kind->make == make_tcp && count % 2))
		errx(2, "%u is too many, or odd", count);
	if (world_descriptors(SHARE + 100) < SHARE + 100)
		errx(1, "a process may not have %u descriptors here", SHARE + 100);
	make_namespace();
	for (from = 0; from < count; from += SHARE)
		pids[shares++] =
			make_share(kind, from, count - from < SHARE ? count : from + SHARE);
	stay(pids, shares);
	return 0;
}
