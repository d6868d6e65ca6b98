// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_hashed COUNT: a socket hash of so many UDP sockets in a network namespace of their own; the
 * key of each is its number, u32. Prints the map's id, and stays until standard input ends.
 */
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <sched.h>
#include <sys/socket.h>

#include "world.h"

#define OTHERS 100U

static void add_socket(int map, __u32 number)
{
	const struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)(1 + number % 60000)),
		.sin_addr.s_addr = htonl(INADDR_ANY),
	};
	__u64 fd = (__u64)world_check(socket(AF_INET, SOCK_DGRAM, 0), "socket");

	world_check(bind((int)fd, (const struct sockaddr *)&address, sizeof(address)), "bind");
	world_check(bpf_map_update_elem(map, &number, &fd, BPF_ANY), "update");
}

int main(int argc, char **argv)
{
	struct bpf_map_info info = {0};
	__u32 count, size = sizeof(info);
	int map;

	if (argc != 2)
		errx(2, "usage: many_hashed COUNT");
	count = world_count(argv[1]);
	if (world_descriptors(OTHERS + count) < OTHERS + count)
		errx(1, "a process may not have %u descriptors here", OTHERS + count);
	world_check(unshare(CLONE_NEWNET), "a network namespace");
	map = world_check(bpf_map_create(BPF_MAP_TYPE_SOCKHASH, "many_hashed", 4, 8, count, NULL),
			  "map");
	for (__u32 i = 0; i < count; i++)
		add_socket(map, i);
	world_check(bpf_obj_get_info_by_fd(map, &info, &size), "map info");
	world_stay("%u", info.id);
	return 0;
}
