// SPDX-License-Identifier: GPL-2.0-only
#include "object_loader.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/skel_internal.h> /* needs errno.h before it */

#define PROGRAMS 64 /* libbpf's limit is 32, with the functions that are part of a program */

/* What the loader program fills in: a descriptor for each map, then one for each program. */
struct loader {
	struct bpf_loader_ctx context;
	struct bpf_map_desc maps[];
};

static size_t maps_count(struct bpf_object *object)
{
	struct bpf_map *map;
	size_t count = 0;

	bpf_object__for_each_map(map, object) count++;
	return count;
}

const char *object_target(const struct bpf_program *program)
{
	const char *target = strchr(bpf_program__section_name(program), '/');

	return target ? target + 1 : "";
}

bool object_target_is_map(const char *target)
{
	return !strcmp(target, "bpf_map_elem") || !strcmp(target, "bpf_sk_storage_map") ||
	       !strcmp(target, "sockmap");
}

/* The kernel has no order of its own to walk the cgroups in. */
int object_link(int program, const char *target)
{
	union bpf_iter_link_info walk = {.cgroup.order = BPF_CGROUP_ITER_DESCENDANTS_PRE};
	struct bpf_link_create_opts options = {
		.sz = sizeof(options),
		.iter_info = &walk,
		.iter_info_len = sizeof(walk),
	};
	bool is_cgroup = !strcmp(target, "cgroup");
	int link = bpf_link_create(program, 0, BPF_TRACE_ITER, is_cgroup ? &options : NULL);

	return link < 0 ? -errno : link;
}

static int loader_link(const struct bpf_prog_desc *programs, const char *target)
{
	int link = -ENOENT;

	for (int i = 0; i < PROGRAMS; i++) {
		if (programs[i].prog_fd <= 0)
			continue; /* a function of another program */
		if (link == -ENOENT)
			link = object_link(programs[i].prog_fd, target);
		close(programs[i].prog_fd);
	}
	return link;
}

int object_loader_run(struct bpf_object *object, const char *target)
{
	DECLARE_LIBBPF_OPTS(gen_loader_opts, made);
	size_t maps = maps_count(object);
	size_t size = sizeof(struct loader) + maps * sizeof(struct bpf_map_desc) +
		      PROGRAMS * sizeof(struct bpf_prog_desc);
	struct loader *loader = calloc(1, size);
	struct bpf_load_and_run_opts run = {.ctx = &loader->context};
	int error = loader ? bpf_object__gen_loader(object, &made) : -ENOMEM;

	if (!error)
		error = bpf_object__load(object); /* makes the loader program */
	if (!error) {
		loader->context.sz = (__u32)size;
		run.data = made.data;
		run.data_sz = made.data_sz;
		run.insns = made.insns;
		run.insns_sz = made.insns_sz;
		error = bpf_load_and_run(&run);
	}
	if (!error)
		error = loader_link((const struct bpf_prog_desc *)(loader->maps + maps), target);
	for (size_t i = 0; loader && i < maps; i++)
		if (loader->maps[i].map_fd > 0)
			close(loader->maps[i].map_fd);
	free(loader);
	return error;
}
