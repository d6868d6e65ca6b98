/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * other_maps OBJECT CGROUP: makes a map of each kind that is neither a hash nor an array, and fills
 * it with what tests/mounted/maps_others.sh expects; CGROUP is a folder of cgroup v2. Prints
 * `NAME ID` for each map that the kernel has, and for a socket, program and map that are in them
 * `NAME NUMBER`. Stays until standard input ends.
 *
 * other_maps task ID: gives itself a value in that map, which keeps them with tasks, prints
 * `pid PID`, and stays as well.
 */
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <fcntl.h>
#include <linux/if_xdp.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAP_TYPE_ARENA 33

struct point {
	__s32 x, y;
};

struct prefix {
	__u32 length;
	__u8 address[4];
};

static struct bpf_object *object;

static void print_map(const char *name, int map)
{
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(map, &info, &size))
		err(1, "%s: info", name);
	printf("%s %u\n", name, info.id);
}

/* -1 where the kernel has no such kind. */
static int make(const char *name, int type, unsigned int key, unsigned int value,
		unsigned int entries, unsigned int flags)
{
	struct bpf_map_create_opts options = {.sz = sizeof(options), .map_flags = flags};
	int map = bpf_map_create(type, name, key, value, entries, &options);

	if (map >= 0)
		print_map(name, map);
	return map;
}

static void put(int map, const char *name, const void *key, const void *value)
{
	if (map >= 0 && bpf_map_update_elem(map, key, value, BPF_ANY))
		err(1, "%s: update", name);
}

static int find(const char *name)
{
	int map = bpf_object__find_map_fd_by_name(object, name);

	if (map >= 0)
		print_map(name, map);
	return map;
}

static void make_tries(void)
{
	int plain = make("plain_trie", BPF_MAP_TYPE_LPM_TRIE, 8, 4, 8, BPF_F_NO_PREALLOC);
	int typed = find("typed_trie");

	put(plain, "plain_trie", &(struct prefix){8, {10}}, &(__u32){1});
	put(plain, "plain_trie", &(struct prefix){24, {10, 1, 2}}, &(__u32){2});
	put(typed, "typed_trie", &(struct prefix){0, {0}}, &(struct point){1, -1});
	put(typed, "typed_trie", &(struct prefix){32, {192, 168, 0, 1}}, &(struct point){2, -2});
}

static void make_nested(void)
{
	struct bpf_map_create_opts options = {.sz = sizeof(options)};
	int inner = make("inner", BPF_MAP_TYPE_ARRAY, 4, 4, 1, 0), outer;

	options.inner_map_fd = (__u32)inner;
	outer = bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, "array_of_maps", 4, 4, 4, &options);
	print_map("array_of_maps", outer);
	put(outer, "array_of_maps", &(__u32){2}, &inner);
	outer = bpf_map_create(BPF_MAP_TYPE_HASH_OF_MAPS, "hash_of_maps", 12, 4, 4, &options);
	print_map("hash_of_maps", outer);
	put(outer, "hash_of_maps", "twelve bytes", &inner);
}

/* A queue that went around: of 9 in and 5 out, and 4 more. */
static void make_round_queue(void)
{
	int queue = make("round_queue", BPF_MAP_TYPE_QUEUE, 0, 4, 9, 0);
	__u32 taken;

	for (__u32 i = 1; i <= 9; i++)
		put(queue, "round_queue", NULL, &i);
	for (int i = 0; i < 5; i++)
		if (bpf_map_lookup_and_delete_elem(queue, NULL, &taken))
			err(1, "round_queue: take");
	for (__u32 i = 1; i <= 4; i++)
		put(queue, "round_queue", NULL, &i);
}

static void make_queues(void)
{
	int queue = make("queue", BPF_MAP_TYPE_QUEUE, 0, 4, 8, 0);
	int stack = make("stack", BPF_MAP_TYPE_STACK, 0, 4, 8, 0);
	int bloom = make("bloom_filter", BPF_MAP_TYPE_BLOOM_FILTER, 0, 4, 8, 0);

	make("empty_queue", BPF_MAP_TYPE_QUEUE, 0, 4, 8, 0);
	make_round_queue();
	for (__u32 i = 1; i <= 3; i++) {
		put(queue, "queue", NULL, &i);
		put(stack, "stack", NULL, &i);
		put(bloom, "bloom_filter", NULL, &i);
	}
}

static void make_network(void)
{
	int devmap = make("devmap", BPF_MAP_TYPE_DEVMAP, 4, 4, 4, 0);
	int hash = make("devmap_hash", BPF_MAP_TYPE_DEVMAP_HASH, 4, 8, 4, 0);
	int cpumap = make("cpumap", BPF_MAP_TYPE_CPUMAP, 4, 8, 1, 0);

	put(devmap, "devmap", &(__u32){3}, &(__u32){1});
	put(hash, "devmap_hash", &(__u32){77}, &(struct bpf_devmap_val){1, {-1}});
	put(cpumap, "cpumap", &(__u32){0}, &(struct bpf_cpumap_val){192, {-1}});
}

/* Maps of descriptors that can't be read back. */
static void make_unreadable(const char *cgroup)
{
	struct perf_event_attr attributes = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attributes),
		.config = PERF_COUNT_SW_DUMMY,
	};
	int xskmap = make("xskmap", BPF_MAP_TYPE_XSKMAP, 4, 4, 2, 0);
	int events = make("perf_event_array", BPF_MAP_TYPE_PERF_EVENT_ARRAY, 4, 4, 2, 0);
	int groups = make("cgroup_array", BPF_MAP_TYPE_CGROUP_ARRAY, 4, 4, 2, 0);
	int sock = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
	int event = (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
	int folder = open(cgroup, O_RDONLY | O_CLOEXEC);
	int many = make("many_slots", BPF_MAP_TYPE_CGROUP_ARRAY, 4, 4, 16384, 0);

	make("more_slots", BPF_MAP_TYPE_CGROUP_ARRAY, 4, 4, 16385, 0);
	if (setsockopt(sock, SOL_XDP, XDP_RX_RING, &(int){64}, sizeof(int)))
		err(1, "XDP socket");
	put(xskmap, "xskmap", &(__u32){1}, &sock);
	put(events, "perf_event_array", &(__u32){1}, &event);
	put(groups, "cgroup_array", &(__u32){1}, &folder);
	for (__u32 i = 0; i < 16384; i += 31 * 33)
		put(many, "many_slots", &i, &folder);
	put(many, "many_slots", &(__u32){16383}, &folder);
}

/* A socket that listens; prints its cookie. */
static int listener(const char *name)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int sock = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
	__u64 cookie;
	socklen_t size = sizeof(cookie);

	if (setsockopt(sock, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one)) ||
	    bind(sock, (struct sockaddr *)&address, sizeof(address)) || listen(sock, 1) ||
	    getsockopt(sock, SOL_SOCKET, SO_COOKIE, &cookie, &size))
		err(1, "socket");
	printf("%s %llu\n", name, cookie);
	return sock;
}

static void make_sockets(void)
{
	int sock = listener("cookie"), other = listener("other_cookie");
	int map = make("sockmap", BPF_MAP_TYPE_SOCKMAP, 4, 8, 4, 0);
	int hash = make("sockhash", BPF_MAP_TYPE_SOCKHASH, 6, 8, 4, 0);
	int reuse = make("reuseport", BPF_MAP_TYPE_REUSEPORT_SOCKARRAY, 4, 8, 4, 0);

	put(map, "sockmap", &(__u32){1}, &(__u64){(__u64)sock});
	put(hash, "sockhash", "sixsix", &(__u64){(__u64)sock});
	put(reuse, "reuseport", &(__u32){2}, &(__u64){(__u64)other});
	put(find("sk_storage"), "sk_storage", &sock, &(struct point){5, -5});
}

static void make_storage(const char *cgroup)
{
	int process = (int)syscall(SYS_pidfd_open, getpid(), 0);
	int folder = open(cgroup, O_RDONLY | O_CLOEXEC);

	make("cgroup_storage", BPF_MAP_TYPE_CGROUP_STORAGE, 16, 4, 0, 0);
	make("percpu_cgroup_storage", BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE, 16, 4, 0, 0);
	put(find("task_storage"), "task_storage", &process, &(struct point){6, -6});
	put(find("inode_storage"), "inode_storage", &folder, &(struct point){7, -7});
	put(find("cgrp_storage"), "cgrp_storage", &folder, &(struct point){8, -8});
	printf("pid %d\n", getpid());
}

/* As its user would: a record of 3 bytes, one that is still being written, and the position. */
static void make_user_ring(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	int ring = make("user_ringbuf", BPF_MAP_TYPE_USER_RINGBUF, 0, 0, 4096, 0);
	char *pages = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_SHARED, ring, (off_t)page);

	if (pages == MAP_FAILED)
		err(1, "user_ringbuf");
	*(__u32 *)(pages + page) = 3;
	memcpy(pages + page + 8, &(char[]){'a', 'b', 'c'}, 3);
	*(__u32 *)(pages + page + 16) = 8 | BPF_RINGBUF_BUSY_BIT;
	*(unsigned long *)pages = 32;
}

/* Without the kinds that the kernel is too old for. */
static int load_object(const char *path)
{
	struct bpf_map *map;

	object = bpf_object__open(path);
	if (!object)
		return -1;
	bpf_object__for_each_map(map, object)
	{
		if (!libbpf_probe_bpf_map_type(bpf_map__type(map), NULL))
			bpf_map__set_autocreate(map, false);
	}
	return bpf_object__load(object);
}

static void run_program(void)
{
	struct bpf_program *program = bpf_object__find_program_by_name(object, "fill");
	struct bpf_test_run_opts options = {.sz = sizeof(options)};
	struct bpf_prog_info info = {0};
	int descriptor = bpf_program__fd(program);
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(descriptor, &info, &size))
		err(1, "program");
	printf("program %u\n", info.id);
	put(find("prog_array"), "prog_array", &(__u32){1}, &descriptor);
	if (bpf_prog_test_run_opts(descriptor, &options))
		err(1, "fill");
	find("ringbuf");
	find("stack_trace");
}

static void join_storage(const char *id)
{
	int process = (int)syscall(SYS_pidfd_open, getpid(), 0);
	int map = bpf_map_get_fd_by_id((__u32)atoi(id));

	if (map < 0)
		err(1, "map %s", id);
	put(map, "task", &process, &(struct point){9, -9});
	printf("pid %d\n", getpid());
}

static void stay(void)
{
	char byte;

	fclose(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "task")) {
		join_storage(argv[2]);
		stay();
		return 0;
	}
	if (argc != 3 || load_object(argv[1]))
		err(1, "other_maps OBJECT CGROUP");
	make_tries();
	make_nested();
	make_queues();
	make_network();
	make_unreadable(argv[2]);
	make_sockets();
	make_storage(argv[2]);
	make_user_ring();
	make("arena", MAP_TYPE_ARENA, 0, 0, 1, 1024 /* BPF_F_MMAPABLE */);
	run_program();
	stay();
	bpf_object__close(object);
	return 0;
}
