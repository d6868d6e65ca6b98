/* SPDX-License-Identifier: GPL-2.0-only */
/* The name of a unix socket, as a text of a row: a path, or @ and an abstract name. */
#ifndef BPFVIEW_UNIX_PATH_H
#define BPFVIEW_UNIX_PATH_H

#include <bpfview/view.bpf.h>

#define UNIX_PATH_SIZE 108

struct sockaddr_un {
	unsigned short sun_family;
	char sun_path[UNIX_PATH_SIZE];
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct unix_address {
	int len;
	struct sockaddr_un name[0];
};

#pragma clang attribute pop

/* Within the room for a path. The verifier of 6.1 believes a comparison of this very variable
 * alone. */
static inline long unix_path_size(long size, long otherwise)
{
	barrier_var(size);
	return size < 0 || size > UNIX_PATH_SIZE ? otherwise : size;
}

/*
 * From the address, which is NULL for a socket that isn't bound: its struct path leads nowhere
 * then, and crashes the kernel. An abstract name starts with a NUL, and may hold more of them;
 * another ends with its first. Returns its bytes.
 */
static inline long unix_path_fill(char bytes[UNIX_PATH_SIZE + 1],
				  const struct unix_address *address)
{
	const char *path;
	long size;

	if (!address)
		return 0;
	path = (const char *)address + bpf_core_field_offset(struct unix_address, name) +
	       offsetof(struct sockaddr_un, sun_path);
	size = bpf_probe_read_kernel_str(bytes, UNIX_PATH_SIZE + 1, path) - 1;
	size = unix_path_size(size, 0);
	if (size == 0) {
		size = BPF_CORE_READ(address, len) - (long)offsetof(struct sockaddr_un, sun_path);
		size = unix_path_size(size, UNIX_PATH_SIZE);
		bpf_probe_read_kernel(bytes, size, path);
		bytes[0] = '@';
	}
	return size;
}

#endif
