// SPDX-License-Identifier: GPL-2.0-only
/* Pins of iterators: paths that give their text without this daemon. */
#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "iters_inside.h"

static int pin_explain(int error, const char *path)
{
	if (error == -EPERM)
		return explain(error, "a path in /sys/fs/bpf does",
			       "%.200s is on no BPF filesystem", path);
	return explain(error, "", "%.200s: %s", path, strerror(-error));
}

int iters_pin(const struct iter_program *shown, const struct iter_choice *choice, const char *path,
	      __u32 *id)
{
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);
	int link, error;

	if (shown->schema)
		return explain(-EPROTOTYPE, "without bpfview there is nobody to print them",
			       "%s gives rows, and only text can be pinned", shown->name);
	link = iters_link((const struct program *)shown, choice);
	if (link < 0)
		return link;
	error = bpf_obj_pin(link, path) ? pin_explain(-errno, path) : 0;
	if (!error && bpf_obj_get_info_by_fd(link, &info, &size))
		error = -errno;
	*id = info.id;
	close(link);
	return error;
}

int iters_unpin(const char *path, __u32 id)
{
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);
	int link = bpf_obj_get(path);

	/* What others have put in its place stays. */
	if (link < 0)
		return 0;
	if (bpf_obj_get_info_by_fd(link, &info, &size) || info.type != BPF_LINK_TYPE_ITER)
		info.id = 0;
	close(link);
	return info.id == id && unlink(path) ? pin_explain(-errno, path) : 0;
}
