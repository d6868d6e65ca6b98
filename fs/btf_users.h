/* SPDX-License-Identifier: GPL-2.0-only */
/* Which maps and programs use which BTF object. */
#ifndef BPFVIEW_BTF_USERS_H
#define BPFVIEW_BTF_USERS_H

#include <linux/types.h>
#include <stddef.h>

struct btf_user {
	__u32 btf_id, id;
};

struct btf_users {
	struct btf_user *list; /* by BTF, then by id */
	size_t count, capacity;
};

/*
 * All maps or programs there are now that use one, but for those that go away meanwhile. Start from
 * zeroes; to be freed, also on failure. 0 or a negative errno with words.
 */
int btf_users_of_maps(struct btf_users *users);
int btf_users_of_programs(struct btf_users *users);
void btf_users_free(struct btf_users *users);

/* The first user of that BTF; those with the same btf_id follow. Sets count to how many. */
const struct btf_user *btf_users_find(const struct btf_users *users, __u32 btf_id, size_t *count);

#endif
