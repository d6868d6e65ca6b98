/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * known_sockets FOLDER: sockets of all kinds, of which all is known, in a network namespace with lo
 * up, 10.0.0.1/32 on it and a route for 192.0.2.0/24, from where nobody answers. Unix sockets are
 * made in FOLDER. Prints `ready`, and stays until standard input ends.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/netlink.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct address {
	struct sockaddr_storage storage;
	socklen_t size;
};

static int check(int result, const char *what)
{
	if (result < 0)
		err(1, "%s", what);
	return result;
}

static struct address address_of(const char *host, int port)
{
	struct address address = {};
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address.storage;
	struct sockaddr_in *four = (struct sockaddr_in *)&address.storage;

	if (strchr(host, ':')) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons((unsigned short)port);
		inet_pton(AF_INET6, host, &six->sin6_addr);
		address.size = sizeof(*six);
	} else {
		four->sin_family = AF_INET;
		four->sin_port = htons((unsigned short)port);
		inet_pton(AF_INET, host, &four->sin_addr);
		address.size = sizeof(*four);
	}
	return address;
}

static int bound(const char *host, int type, int port)
{
	struct address address = address_of(host, port);
	int fd = check(socket(address.storage.ss_family, type, 0), "socket");

	check(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)), "SO_REUSEADDR");
	check(bind(fd, (struct sockaddr *)&address.storage, address.size), host);
	return fd;
}

static int listener(const char *host, int port, int backlog)
{
	int fd = bound(host, SOCK_STREAM, port);

	/* So that what is not read stays with its sender. */
	check(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &(int){4096}, sizeof(int)), "SO_RCVBUF");
	check(listen(fd, backlog), "listen");
	return fd;
}

static int connected(const char *from, int port, const char *to, int to_port)
{
	struct address address = address_of(to, to_port);
	int fd = bound(from, SOCK_STREAM, port);

	check(connect(fd, (struct sockaddr *)&address.storage, address.size), to);
	return fd;
}

static void put(int fd, size_t size)
{
	static const char bytes[1000];

	if (write(fd, bytes, size) != (ssize_t)size)
		err(1, "write");
}

static void make_established(void)
{
	static const char bytes[4096];
	int four = listener("127.0.0.1", 1001, 7), six = listener("::1", 1003, 3);
	int dual = listener("::", 1004, 3), client;

	connected("127.0.0.1", 2000, "127.0.0.1", 1001); /* not accepted */
	put(connected("127.0.0.1", 2001, "127.0.0.1", 1001), 100); /* nor this, or read */
	client = connected("127.0.0.1", 2002, "127.0.0.1", 1001);
	check(fcntl(client, F_SETFL, O_NONBLOCK), "O_NONBLOCK");
	while (write(client, bytes, sizeof(bytes)) > 0)
		;
	client = connected("::1", 2003, "::1", 1003);
	check(setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &(int){1}, sizeof(int)), "keepalive");
	check(setsockopt(client, IPPROTO_TCP, TCP_CONGESTION, "reno", 5), "TCP_CONGESTION");
	check(setsockopt(six, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3), "SO_BINDTODEVICE");
	put(client, 10);
	put(check(accept(six, NULL, NULL), "accept"), 20);
	connected("127.0.0.1", 2004, "127.0.0.1", 1004);
	check(accept(dual, NULL, NULL), "accept");
	check(accept(four, NULL, NULL), "accept");
}

static void make_closed(void)
{
	struct address nobody = address_of("192.0.2.1", 1007);
	int ear = listener("127.0.0.1", 1005, 3), client, server;

	client = connected("127.0.0.1", 2005, "127.0.0.1", 1005);
	server = check(accept(ear, NULL, NULL), "accept");
	close(client);
	check((int)read(server, &(char){0}, 1), "read"); /* its end has come */
	close(server);
	client = connected("127.0.0.1", 2006, "127.0.0.1", 1005);
	check(accept(ear, NULL, NULL), "accept");
	shutdown(client, SHUT_WR);
	client = bound("10.0.0.1", SOCK_STREAM | SOCK_NONBLOCK, 2007);
	if (!connect(client, (struct sockaddr *)&nobody.storage, nobody.size))
		errx(1, "192.0.2.1 answers");
}

static unsigned short checksum(const unsigned char *bytes, size_t size)
{
	unsigned long sum = 0;

	for (size_t i = 0; i + 1 < size; i += 2)
		sum += (unsigned long)(bytes[i] << 8 | bytes[i + 1]);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons((unsigned short)~sum);
}

/* A SYN from where the answer doesn't arrive. */
static void make_request(void)
{
	struct address to = address_of("10.0.0.1", 1008);
	const unsigned short protocol = htons(IPPROTO_TCP), length = htons(sizeof(struct tcphdr));
	unsigned char pseudo[12 + sizeof(struct tcphdr)] = {};
	struct {
		struct iphdr ip;
		struct tcphdr tcp;
	} packet = {.ip = {.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_TCP}};
	int raw = check(socket(AF_INET, SOCK_RAW, IPPROTO_RAW), "raw");

	listener("10.0.0.1", 1008, 3);
	packet.ip.tot_len = htons(sizeof(packet));
	packet.ip.saddr = inet_addr("192.0.2.2");
	packet.ip.daddr = inet_addr("10.0.0.1");
	packet.tcp = (struct tcphdr){.source = htons(2008), .dest = htons(1008), .doff = 5};
	packet.tcp.syn = 1;
	packet.tcp.window = htons(1000);
	memcpy(pseudo, &packet.ip.saddr, 8);
	memcpy(pseudo + 8, &protocol, 2);
	memcpy(pseudo + 10, &length, 2);
	memcpy(pseudo + 12, &packet.tcp, sizeof(packet.tcp));
	packet.tcp.check = checksum(pseudo, sizeof(pseudo));
	check((int)sendto(raw, &packet, sizeof(packet), 0, (struct sockaddr *)&to.storage, to.size),
	      "sendto");
	close(raw);
}

static void make_udp(void)
{
	struct address to = address_of("127.0.0.1", 3001), six = address_of("::1", 3004);
	int full = bound("127.0.0.1", SOCK_DGRAM, 3001), fd;

	check(setsockopt(full, SOL_SOCKET, SO_RCVBUF, &(int){2304}, sizeof(int)), "SO_RCVBUF");
	fd = bound("127.0.0.1", SOCK_DGRAM, 3002);
	check(connect(fd, (struct sockaddr *)&to.storage, to.size), "connect");
	for (int i = 0; i < 20; i++)
		put(fd, 1000);
	fd = bound("::1", SOCK_DGRAM, 3003);
	check(connect(fd, (struct sockaddr *)&six.storage, six.size), "connect");
	fd = bound("::", SOCK_DGRAM, 3005);
	check(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3), "SO_BINDTODEVICE");
}

static int unix_bound(int type, const char *path, size_t length)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = check(socket(AF_UNIX, type, 0), "socket");

	memcpy(address.sun_path, path, length);
	check(bind(fd, (struct sockaddr *)&address,
		   (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
	      "bind");
	return fd;
}

static void make_unix(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "stream"};
	int ear = unix_bound(SOCK_STREAM, "stream", sizeof("stream")), pair[2], fd;
	char longest[sizeof(address.sun_path)];

	memset(longest, 'x', sizeof(longest));
	check(listen(ear, 5), "listen");
	fd = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	check(connect(fd, (struct sockaddr *)&address, sizeof(address)), "connect");
	put(check(accept(ear, NULL, NULL), "accept"), 50);
	fd = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	check(connect(fd, (struct sockaddr *)&address, sizeof(address)), "connect"); /* waits */
	check(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
	put(pair[0], 30);
	put(pair[0], 40);
	check(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), "socketpair");
	put(pair[0], 60);
	put(pair[0], 70);
	unix_bound(SOCK_DGRAM, "\0abstract\0name", 14);
	unix_bound(SOCK_DGRAM, "with blank\nline", sizeof("with blank\nline"));
	unix_bound(SOCK_SEQPACKET, longest, sizeof(longest));
	shutdown(check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket"), SHUT_RD);
}

static void make_netlink(int protocol, unsigned int groups, int group)
{
	struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = groups};
	int fd = check(socket(AF_NETLINK, SOCK_RAW, protocol), "netlink");

	check(bind(fd, (struct sockaddr *)&address, sizeof(address)), "bind");
	if (group)
		check(setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)),
		      "NETLINK_ADD_MEMBERSHIP");
}

int main(int count, char **arguments)
{
	char byte;

	if (count != 2 || chdir(arguments[1]))
		err(1, "known_sockets FOLDER");
	make_established();
	make_closed();
	make_request();
	make_udp();
	make_unix();
	make_netlink(NETLINK_ROUTE, 5, 33);
	make_netlink(NETLINK_KOBJECT_UEVENT, 1, 0);
	make_netlink(NETLINK_GENERIC, 0, 0);
	/* Its protocol, by the number alone, is IPPROTO_SMC. */
	check(socket(AF_PACKET, SOCK_RAW, htons(ETH_P_802_3)), "packet");
	puts("ready");
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	return 0;
}
