// SPDX-License-Identifier: GPL-2.0-only
/*
 * fanout SEND RECEIVE COUNT: sends COUNT frames of EtherType 0x88b5, each from another port, on the
 * one device, and prints how many of them came to each of four sockets that share by the flow's
 * hash what comes in on the other one.
 */
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SOCKETS	  4
#define ETHERTYPE 0x88b5

struct frame {
	struct ethhdr ethernet;
	uint16_t source_port, destination_port;
	uint32_t source, destination;
	uint8_t padding[40];
} __attribute__((packed));

static int packet_socket(const char *device, uint16_t protocol)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(protocol),
		.sll_ifindex = (int)if_nametoindex(device),
	};
	int sock = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(protocol));

	if (sock < 0 || !address.sll_ifindex ||
	    bind(sock, (struct sockaddr *)&address, sizeof(address)))
		err(1, "%s", device);
	return sock;
}

static void frames_send(const char *device, unsigned int count)
{
	struct frame frame = {.source = htonl(0x0a000001), .destination = htonl(0x0a000002)};
	int sock = packet_socket(device, 0);

	memset(frame.ethernet.h_dest, 0xff, ETH_ALEN);
	frame.ethernet.h_source[0] = 2;
	frame.ethernet.h_proto = htons(ETHERTYPE);
	frame.destination_port = htons(4711);
	for (unsigned int i = 0; i < count; i++) {
		frame.source_port = htons((uint16_t)(1000 + i));
		if (send(sock, &frame, sizeof(frame), 0) != sizeof(frame))
			err(1, "send");
	}
	close(sock);
}

int main(int argc, char **argv)
{
	struct pollfd sockets[SOCKETS];
	unsigned int counts[SOCKETS] = {0};
	int fanout = (getpid() & 0xffff) | PACKET_FANOUT_HASH << 16;

	if (argc != 4)
		errx(1, "usage: fanout SEND RECEIVE COUNT");
	for (int i = 0; i < SOCKETS; i++) {
		sockets[i] = (struct pollfd){packet_socket(argv[2], ETHERTYPE), POLLIN, 0};
		if (setsockopt(sockets[i].fd, SOL_PACKET, PACKET_FANOUT, &fanout, sizeof(fanout)))
			err(1, "PACKET_FANOUT");
	}
	frames_send(argv[1], (unsigned int)atoi(argv[3]));
	while (poll(sockets, SOCKETS, 300) > 0)
		for (int i = 0; i < SOCKETS; i++) {
			struct frame frame;

			while (recv(sockets[i].fd, &frame, sizeof(frame), 0) > 0)
				counts[i]++;
		}
	for (int i = 0; i < SOCKETS; i++)
		printf("%u%c", counts[i], i + 1 < SOCKETS ? ' ' : '\n');
	return 0;
}
