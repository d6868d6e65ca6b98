// SPDX-License-Identifier: GPL-2.0-only
/*
 * stuck_socket tcp|udp|unix: a socket that stays locked, since the kernel copies into it from a
 * page that doesn't come. Prints `locked` when it is, brings the page when a line comes from
 * standard input, prints `free`, and ends with standard input.
 *
 * stuck_socket mapped FILE: sends a file, whose pages are not there yet, from a mapping of it to a
 * TCP socket, and says whether what arrives is what a read of the same open gives.
 *
 * TCP and UDP need lo up.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static size_t page_size;

static int check(int result, const char *what)
{
	if (result < 0)
		err(1, "%s", what);
	return result;
}

static int bound(int type)
{
	const struct sockaddr_in any = {.sin_family = AF_INET,
					.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = check(socket(AF_INET, type, 0), "socket");

	check(bind(fd, (const struct sockaddr *)&any, sizeof(any)), "bind");
	return fd;
}

static int connected_to(int other, int type)
{
	struct sockaddr_in address;
	socklen_t size = sizeof(address);
	int fd = check(socket(AF_INET, type, 0), "socket");

	check(getsockname(other, (struct sockaddr *)&address, &size), "getsockname");
	check(connect(fd, (struct sockaddr *)&address, size), "connect");
	return fd;
}

static void make_tcp(int pair[2])
{
	int ear = bound(SOCK_STREAM);

	check(listen(ear, 1), "listen");
	pair[0] = connected_to(ear, SOCK_STREAM);
	pair[1] = check(accept(ear, NULL, NULL), "accept");
}

/* Two pages, of which the second one faults until page_bring(). */
static char *pages_make(int *faults)
{
	struct uffdio_api api = {.api = UFFD_API};
	struct uffdio_register range = {.mode = UFFDIO_REGISTER_MODE_MISSING};
	char *pages = mmap(NULL, 2 * page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			   -1, 0);

	if (pages == MAP_FAILED)
		err(1, "mmap");
	pages[0] = 0;
	*faults = check((int)syscall(SYS_userfaultfd, O_CLOEXEC), "userfaultfd");
	check(ioctl(*faults, UFFDIO_API, &api), "UFFDIO_API");
	range.range.start = (unsigned long)pages + page_size;
	range.range.len = page_size;
	check(ioctl(*faults, UFFDIO_REGISTER, &range), "UFFDIO_REGISTER");
	return pages;
}

static void page_bring(int faults, const char *pages)
{
	struct uffdio_zeropage page = {.range = {(unsigned long)pages + page_size, page_size}};

	check(ioctl(faults, UFFDIO_ZEROPAGE, &page), "UFFDIO_ZEROPAGE");
}

/* What locks the socket and then needs the second page. */
struct copy {
	char *pages;
	int fd;
	const char *kind;
};

static void *copy_run(void *argument)
{
	const struct copy *copy = argument;
	char *page = copy->pages + page_size;

	if (!strcmp(copy->kind, "tcp"))
		check((int)send(copy->fd, page, 100, 0), "send");
	else if (!strcmp(copy->kind, "udp")) /* it is locked only for what it keeps */
		check((int)send(copy->fd, page, 100, MSG_MORE), "send");
	else /* an int is read before it is locked, and all of it, another int too, after that */
		check(setsockopt(copy->fd, SOL_SOCKET, SO_LINGER, page - sizeof(int),
				 sizeof(struct linger)),
		      "SO_LINGER");
	return NULL;
}

static int socket_of(const char *kind)
{
	int pair[2];

	if (!strcmp(kind, "tcp"))
		make_tcp(pair);
	else if (!strcmp(kind, "udp"))
		pair[0] = connected_to(bound(SOCK_DGRAM), SOCK_DGRAM);
	else
		check(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	return pair[0];
}

static void say(const char *word)
{
	puts(word);
	fflush(stdout);
}

static int stay_locked(const char *kind)
{
	struct copy copy = {.kind = kind, .fd = socket_of(kind)};
	struct uffd_msg fault;
	pthread_t thread;
	int faults;
	char byte;

	copy.pages = pages_make(&faults);
	if (pthread_create(&thread, NULL, copy_run, &copy))
		errx(1, "no thread");
	if (read(faults, &fault, sizeof(fault)) != sizeof(fault))
		err(1, "no fault");
	say("locked");
	check((int)read(STDIN_FILENO, &byte, 1), "read");
	page_bring(faults, copy.pages);
	pthread_join(thread, NULL);
	say("free");
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	return 0;
}

struct mapped {
	int fd;
	char *bytes;
	size_t size;
};

static void *mapped_send(void *argument)
{
	const struct mapped *mapped = argument;
	size_t sent = 0;

	while (sent < mapped->size)
		sent += (size_t)check(
			(int)send(mapped->fd, mapped->bytes + sent, mapped->size - sent, 0),
			"send");
	return NULL;
}

static void receive(int fd, char *bytes, size_t size)
{
	ssize_t more;

	for (size_t have = 0; have < size; have += (size_t)more)
		if ((more = recv(fd, bytes + have, size - have, 0)) <= 0)
			err(1, "%zu of %zu bytes came", have, size);
}

static int send_mapped(const char *path)
{
	int pair[2], file = check(open(path, O_RDONLY | O_CLOEXEC), path);
	struct mapped mapped;
	struct stat attributes;
	char *came, *expected;
	pthread_t thread;

	make_tcp(pair);
	check(fstat(file, &attributes), "fstat");
	mapped.fd = pair[0];
	mapped.size = (size_t)attributes.st_size;
	mapped.bytes = mmap(NULL, mapped.size, PROT_READ, MAP_PRIVATE, file, 0);
	if (mapped.bytes == MAP_FAILED)
		err(1, "mmap");
	if (pthread_create(&thread, NULL, mapped_send, &mapped))
		errx(1, "no thread");
	came = malloc(mapped.size);
	expected = malloc(mapped.size);
	receive(pair[1], came, mapped.size);
	pthread_join(thread, NULL);
	if (pread(file, expected, mapped.size, 0) != (ssize_t)mapped.size)
		err(1, "pread");
	printf("%zu bytes, %s\n", mapped.size,
	       memcmp(came, expected, mapped.size) ? "others" : "the same");
	free(came);
	free(expected);
	return 0;
}

int main(int count, char **arguments)
{
	page_size = (size_t)sysconf(_SC_PAGESIZE);
	if (count == 2)
		return stay_locked(arguments[1]);
	if (count == 3 && !strcmp(arguments[1], "mapped"))
		return send_mapped(arguments[2]);
	errx(2, "usage: stuck_socket tcp|udp|unix, stuck_socket mapped FILE");
}
