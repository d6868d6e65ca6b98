// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_sockets tcp|udp|port|unix COUNT [churn]: so many sockets in a network namespace of their
 * own.
 *
 * TCP sockets 2 * I and 2 * I + 1 are the ends of a connection from 127.0.1.1 port 10000 + I to
 * 127.0.0.1 port 1000 + P, where nobody listens any more. UDP socket I is bound to 127.0.1.1 port
 * 10000 + I. Ports begin anew after 50,000, on 127.0.1.2 and so on. With `port` all UDP sockets are
 * bound to 127.0.0.1 port 9999, and I is connected to the address above. Unix socket I is for
 * datagrams and bound to the abstract name many_I. P is the number of the process that has them, of
 * 10,000 each. One process more, with `churn`, opens and closes others all the time: 127.0.2.1,
 * churn_I.
 *
 * Prints the namespace's inode and the pids of each P, and stays until standard input ends.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <sched.h>
#include <stddef.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "world.h"

#define SHARE	    10000U /* sockets of a process */
#define SHARES	    100U
#define PORTS	    50000U
#define FIRST_PORT  10000U
#define FIRST_EAR   1000U /* port */
#define ONE_PORT    9999U
#define CHURN_EAR   999U
#define CHURN_ALIVE 64U

/* Where a process has its sockets. */
struct place {
	const char *name; /* of unix sockets, before their number */
	in_addr_t from; /* the first address of others */
	struct sockaddr_in to; /* who listens, of TCP */
	int ear;
};

struct kind {
	const char *name;
	bool in_pairs;
	void (*open)(const struct place *place, unsigned int number, int ends[2]);
};

static void make_namespace(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int any;

	world_check(unshare(CLONE_NEWNET), "a network namespace");
	any = world_check(socket(AF_INET, SOCK_DGRAM, 0), "socket");
	world_check(ioctl(any, SIOCSIFFLAGS, &request), "lo");
	close(any);
}

static struct sockaddr_in address_of(in_addr_t host, unsigned int port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)port),
		.sin_addr.s_addr = htonl(host),
	};
}

static int bound(int type, in_addr_t host, unsigned int port)
{
	const struct sockaddr_in address = address_of(host, port);
	int fd = world_check(socket(AF_INET, type, 0), "socket");

	world_check(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)),
		    "SO_REUSEADDR");
	world_check(bind(fd, (const struct sockaddr *)&address, sizeof(address)), "bind");
	return fd;
}

static int bound_by_number(int type, const struct place *place, unsigned int number)
{
	return bound(type, place->from + number / PORTS, FIRST_PORT + number % PORTS);
}

/* Is closed by a reset, so that nothing of it stays behind. */
static void open_tcp(const struct place *place, unsigned int number, int ends[2])
{
	const struct linger reset = {.l_onoff = 1};
	const struct sockaddr *to = (const struct sockaddr *)&place->to;

	ends[0] = bound_by_number(SOCK_STREAM, place, number);
	world_check(setsockopt(ends[0], SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)), "SO_LINGER");
	world_check(connect(ends[0], to, sizeof(place->to)), "connect");
	ends[1] = world_check(accept(place->ear, NULL, NULL), "accept");
}

static void open_udp(const struct place *place, unsigned int number, int ends[2])
{
	ends[0] = bound_by_number(SOCK_DGRAM, place, number);
}

static void open_port(const struct place *place, unsigned int number, int ends[2])
{
	const struct sockaddr_in to =
		address_of(place->from + number / PORTS, FIRST_PORT + number % PORTS);

	ends[0] = bound(SOCK_DGRAM, INADDR_LOOPBACK, ONE_PORT);
	world_check(connect(ends[0], (const struct sockaddr *)&to, sizeof(to)), "connect");
}

static void open_unix(const struct place *place, unsigned int number, int ends[2])
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t length = offsetof(struct sockaddr_un, sun_path) + 1;

	length += (size_t)sprintf(address.sun_path + 1, "%s_%u", place->name, number);
	ends[0] = world_check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
	world_check(bind(ends[0], (struct sockaddr *)&address, (socklen_t)length), "bind");
}

static const struct kind kinds[] = {
	{"tcp", true, open_tcp},
	{"udp", false, open_udp},
	{"port", false, open_port},
	{"unix", false, open_unix},
};

static const struct kind *find_kind(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(name, kinds[i].name))
			return &kinds[i];
	errx(2, "there is no kind %s", name);
}

/* From 127.0.NET.1 to port EAR. */
static struct place make_place(const char *name, unsigned int net, unsigned int ear)
{
	struct place place = {.name = name, .from = INADDR_LOOPBACK + 256 * net};
	socklen_t size = sizeof(place.to);

	place.ear = bound(SOCK_STREAM, INADDR_LOOPBACK, ear);
	world_check(listen(place.ear, 8), "listen");
	world_check(getsockname(place.ear, (struct sockaddr *)&place.to, &size), "getsockname");
	return place;
}

static void make_share(const struct kind *kind, unsigned int from, unsigned int to)
{
	struct place place = make_place("many", 1, FIRST_EAR + from / SHARE);
	unsigned int each = kind->in_pairs ? 2 : 1;
	int ends[2];

	for (unsigned int i = from / each; i < to / each; i++)
		kind->open(&place, i, ends);
	close(place.ear);
}

static void churn(const struct kind *kind)
{
	struct place place = make_place("churn", 2, CHURN_EAR);
	int alive[CHURN_ALIVE][2];

	memset(alive, -1, sizeof(alive));
	for (unsigned int i = 0;; i = (i + 1) % PORTS) {
		int *ends = alive[i % CHURN_ALIVE];

		close(ends[0]);
		close(ends[1]);
		kind->open(&place, i, ends);
	}
}

/* A process that ends with this one, and has nothing to say. */
static pid_t start(void)
{
	pid_t pid = world_check(fork(), "fork");

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(STDOUT_FILENO);
	}
	return pid;
}

/* Returns when they are made, with the pid of the process that has them. */
static pid_t start_share(const struct kind *kind, unsigned int from, unsigned int to)
{
	int made[2];
	char byte = 0;
	pid_t pid;

	world_check(pipe(made), "pipe");
	pid = start();
	if (!pid) {
		close(made[0]);
		make_share(kind, from, to);
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

	if (argc < 3)
		errx(2, "usage: many_sockets tcp|udp|port|unix COUNT [churn]");
	kind = find_kind(argv[1]);
	count = world_count(argv[2]);
	if (count > SHARES * SHARE || (kind->in_pairs && count % 2))
		errx(2, "%u is too many, or odd", count);
	if (world_descriptors(SHARE + 100) < SHARE + 100)
		errx(1, "a process may not have %u descriptors here", SHARE + 100);
	make_namespace();
	for (from = 0; from < count; from += SHARE)
		pids[shares++] =
			start_share(kind, from, count - from < SHARE ? count : from + SHARE);
	if (argc > 3 && !strcmp(argv[3], "churn") && !start())
		churn(kind);
	stay(pids, shares);
	return 0;
}
