// SPDX-License-Identifier: GPL-2.0-only
/* What a link leads to. */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"

#define PROGRAM_MAPS 16

int kernel_link_program(int link)
{
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);
	int program = bpf_obj_get_info_by_fd(link, &info, &size);

	if (!program)
		program = bpf_prog_get_fd_by_id(info.prog_id);
	return program < 0 ? explain(-errno, "", "the view's program can't be opened: %s",
				     strerror(errno))
			   : program;
}

static int map_of_name(const __u32 *ids, __u32 count, const char *name)
{
	for (__u32 i = 0; i < count; i++) {
		struct bpf_map_info info = {0};
		__u32 size = sizeof(info);
		int map = bpf_map_get_fd_by_id(ids[i]);

		if (map < 0)
			continue;
		if (!bpf_obj_get_info_by_fd(map, &info, &size) && strstr(info.name, name))
			return map;
		close(map);
	}
	return explain(-ENOENT, "", "the view's program has no map %s", name);
}

int kernel_link_map(int link, const char *name)
{
	struct bpf_prog_info info = {0};
	__u32 ids[PROGRAM_MAPS], size = sizeof(info);
	int program = kernel_link_program(link), error;

	if (program < 0)
		return program;
	info.map_ids = (__u64)(uintptr_t)ids;
	info.nr_map_ids = PROGRAM_MAPS;
	error = bpf_obj_get_info_by_fd(program, &info, &size);
	close(program);
	if (error)
		return explain(error, "", "the maps of the view's program: %s", strerror(-error));
	return map_of_name(ids, info.nr_map_ids < PROGRAM_MAPS ? info.nr_map_ids : PROGRAM_MAPS,
			   name);
}
