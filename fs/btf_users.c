// SPDX-License-Identifier: GPL-2.0-only
#include "btf_users.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"

static int users_add(struct btf_users *users, __u32 btf_id, __u32 id)
{
	if (users->count == users->capacity) {
		size_t capacity = users->capacity ? 2 * users->capacity : 64;
		struct btf_user *list = reallocarray(users->list, capacity, sizeof(*list));

		if (!list)
			return -ENOMEM;
		users->list = list;
		users->capacity = capacity;
	}
	users->list[users->count++] = (struct btf_user){btf_id, id};
	return 0;
}

static int users_compare(const void *left, const void *right)
{
	const struct btf_user *one = left, *other = right;

	if (one->btf_id != other->btf_id)
		return one->btf_id < other->btf_id ? -1 : 1;
	return one->id < other->id ? -1 : one->id > other->id;
}

/* Closes the descriptor, which may be an error. */
static int info_take(int descriptor, void *info, __u32 size)
{
	int error;

	if (descriptor < 0)
		return descriptor;
	error = bpf_obj_get_info_by_fd(descriptor, info, &size);
	close(descriptor);
	return error;
}

static int map_btf(__u32 id, __u32 *btf_id)
{
	LIBBPF_OPTS(bpf_get_fd_by_id_opts, options, .open_flags = BPF_F_RDONLY);
	struct bpf_map_info info = {0};
	int error = info_take(bpf_map_get_fd_by_id_opts(id, &options), &info, sizeof(info));

	*btf_id = info.btf_id;
	return error;
}

static int program_btf(__u32 id, __u32 *btf_id)
{
	struct bpf_prog_info info = {0};
	int error = info_take(bpf_prog_get_fd_by_id(id), &info, sizeof(info));

	*btf_id = info.btf_id;
	return error;
}

static int users_collect(struct btf_users *users, const char *what,
			 int (*next)(__u32 after, __u32 *id),
			 int (*btf_of)(__u32 id, __u32 *btf_id))
{
	__u32 id = 0, btf_id;
	int error;

	while (!(error = next(id, &id))) {
		error = btf_of(id, &btf_id);
		if (error == -ENOENT)
			continue;
		if (error)
			return explain(error, NULL, "asking for %s %u: %s", what, id,
				       strerror(-error));
		if (btf_id && users_add(users, btf_id, id))
			return -ENOMEM;
	}
	if (error != -ENOENT)
		return explain(error, NULL, "asking for the next %s: %s", what, strerror(-error));
	if (users->count)
		qsort(users->list, users->count, sizeof(*users->list), users_compare);
	return 0;
}

int btf_users_of_maps(struct btf_users *users)
{
	return users_collect(users, "map", bpf_map_get_next_id, map_btf);
}

int btf_users_of_programs(struct btf_users *users)
{
	return users_collect(users, "program", bpf_prog_get_next_id, program_btf);
}

void btf_users_free(struct btf_users *users)
{
	free(users->list);
	memset(users, 0, sizeof(*users));
}

const struct btf_user *btf_users_find(const struct btf_users *users, __u32 btf_id, size_t *count)
{
	size_t low = 0, high = users->count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (users->list[middle].btf_id < btf_id)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < users->count && users->list[end].btf_id == btf_id; end++)
		;
	*count = end - low;
	return users->list + low;
}
