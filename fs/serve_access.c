// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <sys/stat.h>

#include "serve_node.h"

#define GROUPS 256

mode_t serve_mode(const struct access *access, const struct entry *entry)
{
	mode_t readable = access->mode & 0444;

	switch (entry->type) {
	case ENTRY_DIRECTORY:
		return S_IFDIR | readable | readable >> 2 | /* x where r is */
		       (tree_may_change(entry) ? 0200 : 0);
	case ENTRY_LINK:
		return S_IFLNK | 0777;
	case ENTRY_DOCUMENT:
		return S_IFREG | readable | (entry->stored ? 0200 : 0);
	case ENTRY_INBOX:
		return S_IFREG | (access->mode & 0666);
	default:
		return S_IFREG | readable;
	}
}

static bool caller_in_group(fuse_req_t request, gid_t group)
{
	gid_t groups[GROUPS];
	int count;

	if (fuse_req_ctx(request)->gid == group)
		return true;
	count = fuse_req_getgroups(request, GROUPS, groups);
	for (int i = 0; i < count && i < GROUPS; i++)
		if (groups[i] == group)
			return true;
	return false;
}

bool serve_permits(fuse_req_t request, const struct entry *entry, mode_t want)
{
	const struct serve *serve = fuse_req_userdata(request);
	mode_t mode = serve_mode(&serve->access, entry);
	uid_t user = fuse_req_ctx(request)->uid;

	if (user == 0)
		return true;
	if (user == serve->access.owner)
		mode >>= 6;
	else if (caller_in_group(request, serve->access.group))
		mode >>= 3;
	return (mode & want) == want;
}
