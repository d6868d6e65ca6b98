// SPDX-License-Identifier: GPL-2.0-only
#include "maps_details.h"

#include <bpf/bpf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../bpf/maps.h"

/* Only the descriptor's fdinfo says how much memory a map takes. -1: it doesn't. */
static __s64 map_memory(int map)
{
	static const char label[] = "\nmemlock:";
	char path[64], text[1024];
	const char *found;
	ssize_t size;
	int file;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", map);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return -1;
	size = read(file, text, sizeof(text) - 1);
	close(file);
	text[size > 0 ? size : 0] = '\0';
	found = strstr(text, label);
	return found ? strtoll(found + strlen(label), NULL, 10) : -1;
}

void maps_details(void *context, void *record)
{
	LIBBPF_OPTS(bpf_get_fd_by_id_opts, options, .open_flags = BPF_F_RDONLY);
	struct maps_row *row = record;
	int map = bpf_map_get_fd_by_id_opts(row->id, &options);

	(void)context;
	if (map < 0)
		return;
	row->memory_bytes = map_memory(map);
	close(map);
}
