// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a pcap of COUNT Ethernet frames of 60 to 1514 bytes to stdout, the same at each run: of
 * 20, 10 are TCP and 4 UDP over IPv4, 3 IPv6, 2 in a VLAN, 1 in GRE.
 */
#include <arpa/inet.h>
#include <err.h>
#include <net/ethernet.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LARGEST = 1514
};

struct pcap_header {
	uint32_t magic;
	uint16_t major, minor;
	uint32_t zone, accuracy, snapshot, link_type;
};

struct pcap_packet {
	uint32_t seconds, microseconds, captured, length;
};

struct frame {
	unsigned char bytes[2048];
	size_t size, limit; /* so far, and at the end */
	unsigned int flow; /* one of 1,000 */
};

static unsigned int next_random(void)
{
	static unsigned int state = 2463534242u;

	state ^= state << 13;
	state ^= state >> 17;
	return state ^= state << 5;
}

static void write_bytes(const void *bytes, size_t size)
{
	if (fwrite(bytes, size, 1, stdout) != 1)
		err(1, "write");
}

static void put(struct frame *frame, const void *bytes, size_t size)
{
	memcpy(frame->bytes + frame->size, bytes, size);
	frame->size += size;
}

static void put_ethernet(struct frame *frame, uint16_t protocol, bool vlan)
{
	uint16_t tag[2] = {htons(frame->flow + 1), htons(protocol)};
	struct ether_header header = {
		.ether_dhost = {2, 0, 0, 0, 0, 1},
		.ether_shost = {2, 0, 0, 0, 0, 2},
		.ether_type = htons(vlan ? ETHERTYPE_VLAN : protocol),
	};

	put(frame, &header, sizeof(header));
	if (vlan)
		put(frame, tag, sizeof(tag));
}

static void put_ipv4(struct frame *frame, uint8_t protocol)
{
	struct iphdr header = {
		.version = 4,
		.ihl = 5,
		.tot_len = htons(frame->limit - frame->size),
		.id = htons(next_random()),
		.frag_off = htons(IP_DF),
		.ttl = 64,
		.protocol = protocol,
		.saddr = htonl(0x0a000000 | frame->flow % 50),
		.daddr = htonl(0xc0a80000 | frame->flow),
	};

	put(frame, &header, sizeof(header));
}

static void put_ipv6(struct frame *frame, uint8_t protocol)
{
	struct ip6_hdr header = {
		.ip6_flow = htonl(6u << 28 | frame->flow),
		.ip6_plen = htons(frame->limit - frame->size - sizeof(header)),
		.ip6_nxt = protocol,
		.ip6_hlim = 64,
		.ip6_src = {.s6_addr = {0xfd, [15] = frame->flow % 50}},
		.ip6_dst = {.s6_addr = {0xfd, 1, [15] = frame->flow % 250}},
	};

	put(frame, &header, sizeof(header));
}

static void put_transport(struct frame *frame, uint8_t protocol)
{
	struct tcphdr tcp = {
		.source = htons(10000 + frame->flow),
		.dest = htons(443),
		.seq = next_random(),
		.doff = 5,
		.ack = 1,
		.window = htons(512),
	};
	struct udphdr udp = {
		.source = tcp.source,
		.dest = htons(20000 + frame->flow % 10),
		.len = htons(frame->limit - frame->size),
	};

	if (protocol == IPPROTO_TCP)
		put(frame, &tcp, sizeof(tcp));
	else
		put(frame, &udp, sizeof(udp));
}

static void make_frame(struct frame *frame)
{
	static const unsigned int sizes[] = {60, 66, 66, 90, 150, 590, 1514, 1514, 1514};
	unsigned int kind = next_random() % 20;
	uint8_t protocol = kind < 10 || (kind >= 14 && kind % 2) ? IPPROTO_TCP : IPPROTO_UDP;

	memset(frame, 0, sizeof(*frame));
	frame->flow = next_random() % 1000;
	frame->limit = sizes[next_random() % (sizeof(sizes) / sizeof(*sizes))];
	if (kind >= 14 && frame->limit < LARGEST)
		frame->limit += 40; /* what IPv6, tags and tunnels take more */
	put_ethernet(frame, kind >= 14 && kind < 17 ? ETHERTYPE_IPV6 : ETHERTYPE_IP,
		     kind == 17 || kind == 18);
	if (kind == 19) {
		uint8_t gre[] = {0, 0, 0x08, 0x00};

		put_ipv4(frame, IPPROTO_GRE);
		put(frame, gre, sizeof(gre));
	}
	if (kind >= 14 && kind < 17)
		put_ipv6(frame, protocol);
	else
		put_ipv4(frame, protocol);
	put_transport(frame, protocol);
}

int main(int argc, char **argv)
{
	struct pcap_header header = {0xa1b2c3d4, 2, 4, 0, 0, 65535, 1};
	int count = argc == 2 ? atoi(argv[1]) : 0;
	struct frame frame;

	if (count < 1)
		errx(2, "usage: frames COUNT >FILE");
	write_bytes(&header, sizeof(header));
	for (int i = 0; i < count; i++) {
		struct pcap_packet packet = {
			.seconds = 1700000000 + i / 10000,
			.microseconds = i % 10000 * 100,
		};

		make_frame(&frame);
		packet.captured = packet.length = frame.limit;
		write_bytes(&packet, sizeof(packet));
		write_bytes(frame.bytes, frame.limit);
	}
	if (fflush(stdout))
		err(1, "write");
	return 0;
}
