/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * known_objects OBJECT CGROUP RUNS: loads OBJECT (known_objects.bpf.o), in a network namespace of
 * its own, attaches what can be attached, and runs known_filter RUNS times while the kernel counts.
 * Prints a line each, `prog NAME ID`, `link NAME ID` and `map NAME ID`, `none link NAME REASON` for
 * what this kernel doesn't attach, then `ready`. Stays until standard input ends.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TCX_INGRESS 46
#define LOOPBACK    1

static struct bpf_object *object;

static struct bpf_program *program(const char *name)
{
	struct bpf_program *found = bpf_object__find_program_by_name(object, name);

	if (!found)
		errx(1, "no program %s", name);
	return found;
}

static void print_program(const struct bpf_program *loaded)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(bpf_program__fd(loaded), &info, &size))
		err(1, "%s", bpf_program__name(loaded));
	printf("prog %s %u\n", bpf_program__name(loaded), info.id);
}

static void print_map(const struct bpf_map *map)
{
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(bpf_map__fd(map), &info, &size))
		err(1, "%s", bpf_map__name(map));
	printf("map %s %u\n", bpf_map__name(map), info.id);
}

static void print_descriptor(const char *name, int link)
{
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);

	if (link < 0)
		printf("none link %s %s\n", name, strerror(errno));
	else if (bpf_obj_get_info_by_fd(link, &info, &size))
		err(1, "link of %s", name);
	else
		printf("link %s %u\n", name, info.id);
}

static void print_link(const char *name, const struct bpf_link *link)
{
	print_descriptor(name, link ? bpf_link__fd(link) : -1);
}

static void attach_sections(void)
{
	static const char *const names[] = {"known_raw", "known_point", "known_probe",
					    "known_sleeper"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		print_link(names[i], bpf_program__attach(program(names[i])));
}

static void attach_uprobe(const char *name, const char *path)
{
	LIBBPF_OPTS(bpf_uprobe_opts, options, .func_name = "main", .bpf_cookie = 0x1234);

	print_link(name, bpf_program__attach_uprobe_opts(program("known_uprobe"), getpid(), path, 0,
							 &options));
}

static void attach_uprobes(void)
{
	char path[256] = "/proc/";

	attach_uprobe("known_uprobe", "/proc/self/exe");
	while (strlen(path) < 200)
		strcat(path, "./");
	attach_uprobe("known_far_uprobe", strcat(path, "self/exe"));
}

static void attach_namespace(void)
{
	int space = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), tcx;

	print_link("known_dissector", bpf_program__attach_netns(program("known_dissector"), space));
	close(space);
	print_link("known_xdp", bpf_program__attach_xdp(program("known_xdp"), LOOPBACK));
	tcx = bpf_link_create(bpf_program__fd(program("known_tc")), LOOPBACK, TCX_INGRESS, NULL);
	print_descriptor("known_tc", tcx);
}

static void attach_cgroup(const char *path)
{
	int cgroup = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (cgroup < 0)
		err(1, "%s", path);
	print_link("known_egress", bpf_program__attach_cgroup(program("known_egress"), cgroup));
	close(cgroup);
}

/*
 * A program that this kernel may refuse, or that wants another to be there when it is loaded: with
 * target, it traces that program's known_function.
 */
static struct bpf_program *load_apart(const char *path, const char *name,
				      struct bpf_program *target)
{
	struct bpf_object *first = object;
	struct bpf_program *each, *loaded = NULL;
	struct bpf_map *map;

	object = bpf_object__open_file(path, NULL);
	if (!object)
		err(1, "%s", path);
	bpf_object__for_each_program(each, object)
		bpf_program__set_autoload(each, each == program(name));
	bpf_object__for_each_map(map, object) bpf_map__set_autocreate(map, false);
	if (target && bpf_program__set_attach_target(program(name), bpf_program__fd(target),
						     "known_function"))
		err(1, "%s", name);
	if (bpf_object__load(object)) {
		print_descriptor(name, -1);
	} else {
		loaded = program(name);
		print_program(loaded);
	}
	object = first;
	return loaded;
}

static void attach_apart(const char *path, const char *name, struct bpf_program *target)
{
	struct bpf_program *loaded = load_apart(path, name, target);

	if (loaded)
		print_link(name, bpf_program__attach(loaded));
}

/* Over the elements of known_hash. */
static void attach_iterator(const char *path)
{
	union bpf_iter_link_info map = {
		.map.map_fd = (__u32)bpf_object__find_map_fd_by_name(object, "known_hash")};
	LIBBPF_OPTS(bpf_iter_attach_opts, options, .link_info = &map, .link_info_len = sizeof(map));
	struct bpf_program *loaded = load_apart(path, "known_iter", NULL);

	if (loaded)
		print_link("known_iter", bpf_program__attach_iter(loaded, &options));
}

static void run(int count)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet));
	int counting = bpf_enable_stats(BPF_STATS_RUN_TIME);

	for (int i = 0; i < count; i++) {
		if (bpf_prog_test_run_opts(bpf_program__fd(program("known_filter")), &options))
			err(1, "known_filter");
	}
	close(counting);
}

/* Three elements in the hash; the array can't be written to any more. */
static void fill_maps(void)
{
	int hash = bpf_object__find_map_fd_by_name(object, "known_hash");

	for (__u32 key = 0; key < 3; key++) {
		__u64 value = key;

		if (bpf_map_update_elem(hash, &key, &value, BPF_ANY))
			err(1, "known_hash");
	}
	if (bpf_map_freeze(bpf_object__find_map_fd_by_name(object, "known_array_fif")))
		err(1, "known_array_fif");
}

static void load(const char *path)
{
	struct bpf_program *each;
	struct bpf_map *map;

	object = bpf_object__open_file(path, NULL);
	if (!object)
		err(1, "%s", path);
	bpf_program__set_autoload(program("known_entry"), false);
	bpf_program__set_autoload(program("known_exit"), false);
	bpf_program__set_autoload(program("known_iter"), false);
	if (bpf_object__load(object))
		err(1, "loading %s", path);
	bpf_object__for_each_program(each, object)
	{
		if (bpf_program__fd(each) >= 0)
			print_program(each);
	}
	bpf_object__for_each_map(map, object) print_map(map);
}

int main(int count, char **arguments)
{
	char bytes[64];

	if (count != 4)
		errx(2, "usage: known_objects OBJECT CGROUP RUNS");
	if (unshare(CLONE_NEWNET))
		err(1, "unshare");
	load(arguments[1]);
	fill_maps();
	attach_sections();
	attach_iterator(arguments[1]);
	attach_uprobes();
	attach_namespace();
	attach_cgroup(arguments[2]);
	attach_apart(arguments[1], "known_entry", NULL);
	attach_apart(arguments[1], "known_exit", program("known_filter_with_a_long_name"));
	run(atoi(arguments[3]));
	puts("ready");
	fflush(stdout);
	while (read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
		;
	return 0;
}
