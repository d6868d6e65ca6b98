// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mntent.h>
#include <stdio.h>
#include <string.h>

#include "explain.h"
#include "kernel.h"

int kernel_cgroups(char *out, size_t size)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	int error = explain(-EOPNOTSUPP, "mount cgroup2", "cgroup v2 is not mounted");
	struct mntent entry;
	char line[PATH_MAX + 256];

	while (error && mounts && getmntent_r(mounts, &entry, line, sizeof(line)))
		if (!strcmp(entry.mnt_type, "cgroup2"))
			error = snprintf(out, size, "%s", entry.mnt_dir) < (int)size
					? 0
					: -ENAMETOOLONG;
	if (mounts)
		endmntent(mounts);
	return error;
}

int kernel_cgroup(const char *path)
{
	char tree[PATH_MAX], whole[2 * PATH_MAX];
	int error = kernel_cgroups(tree, sizeof(tree)), cgroup;
	size_t length = error ? 0 : strlen(tree);
	bool has_tree = !strncmp(path, tree, length) && (!path[length] || path[length] == '/');

	if (error)
		return error;
	snprintf(whole, sizeof(whole), "%s/%s", has_tree ? "" : tree, path);
	cgroup = open(whole, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return cgroup < 0 ? explain(-errno, "cgroups has those there are", "the cgroup %.200s: %s",
				    path, strerror(errno))
			  : cgroup;
}
