// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"

int kernel_map(__u32 id)
{
	struct bpf_get_fd_by_id_opts options = {.sz = sizeof(options), .open_flags = BPF_F_RDONLY};
	int map = bpf_map_get_fd_by_id_opts(id, &options);

	if (map == -ENOENT)
		return explain(map, "maps/list has those there are", "no map has the id %u", id);
	if (map < 0)
		return explain(map, NULL, "map %u can't be opened: %s", id, strerror(-map));
	return map;
}

int kernel_map_iterator(int program, int map)
{
	union bpf_iter_link_info target = {.map.map_fd = (__u32)map};
	struct bpf_link_create_opts options = {
		.sz = sizeof(options),
		.iter_info = &target,
		.iter_info_len = sizeof(target),
	};
	int link, iterator;

	link = bpf_link_create(program, 0, BPF_TRACE_ITER, &options);
	if (link < 0)
		return explain(link, NULL, "the kernel won't iterate the map: %s", strerror(-link));
	iterator = bpf_iter_create(link);
	close(link);
	if (iterator < 0)
		return explain(iterator, NULL, "the map's iterator can't be opened: %s",
			       strerror(-iterator));
	return iterator;
}
