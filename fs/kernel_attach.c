// SPDX-License-Identifier: GPL-2.0-only
/* Attaching flow dissectors to network namespaces. */
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"

/* Settings that each namespace has, and that the initial one has alone. */
#define EACH_HAS    "/proc/sys/net/core/somaxconn"
#define INITIAL_HAS "/proc/sys/net/core/netdev_max_backlog"

static int path_explain(int error, const char *path)
{
	return explain(error, "/run/netns/NAME and /proc/PID/ns/net are namespaces",
		       "%.100s can't be opened as a network namespace: %s", path, strerror(-error));
}

/*
 * As the thread sees the path. No file is opened yet: what is none of nsfs could do anything then.
 * A link of /proc, which leads to no path, can't be followed within another root.
 */
static int path_find(pid_t thread, const char *path)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT};
	char own[4200];
	int root, found;

	if (!strncmp(path, "/proc/", 6)) {
		const char *rest = path + strlen("/proc/");

		if (!strncmp(rest, "self/", 5) || !strncmp(rest, "thread-self/", 12))
			snprintf(own, sizeof(own), "/proc/%d%s", thread, strchr(rest, '/'));
		else
			snprintf(own, sizeof(own), "/proc/%d/root%s", thread, path);
		found = open(own, O_PATH | O_CLOEXEC);
		return found < 0 ? -errno : found;
	}
	snprintf(own, sizeof(own), "/proc/%d/root", thread);
	root = open(own, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return -errno;
	found = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
	if (found < 0)
		found = -errno;
	close(root);
	return found;
}

int kernel_network_path(pid_t thread, const char *path)
{
	char again[32];
	struct statfs filesystem;
	int found, network;

	if (path[0] != '/')
		return explain(-EINVAL, "ln -s /run/netns/NAME .",
			       "%.100s is no path from the root", path);
	found = path_find(thread, path);
	if (found < 0)
		return path_explain(found, path);
	if (fstatfs(found, &filesystem) || filesystem.f_type != NSFS_MAGIC) {
		close(found);
		return path_explain(-EINVAL, path);
	}
	snprintf(again, sizeof(again), "/proc/self/fd/%d", found);
	network = open(again, O_RDONLY | O_CLOEXEC);
	close(found);
	return network < 0 ? path_explain(-errno, path) : network;
}

static int initial_here(int unused)
{
	(void)unused;
	if (access(EACH_HAS, F_OK))
		return explain(-EOPNOTSUPP, "mount /proc with its sys folder",
			       "whether it is the initial network namespace can't be told");
	return !access(INITIAL_HAS, F_OK);
}

int kernel_network_is_initial(int network)
{
	return kernel_network_inside(network, initial_here, 0);
}

/* Who is in the way. */
static int attach_explain(int network, int error)
{
	__u32 flags, program, count = 1;
	int initial;

	if (error != E2BIG && error != EEXIST)
		return explain(-error, "", "attaching the dissector: %s", strerror(error));
	if (bpf_prog_query(network, BPF_FLOW_DISSECTOR, 0, &flags, &program, &count))
		count = 0;
	if (count)
		return explain(-EBUSY, "net/dissector there has it",
			       "the network namespace has a dissector already, program %u",
			       program);
	initial = kernel_network_is_initial(network);
	return explain(-EBUSY, "a dissector of the initial network namespace is for all, and alone",
		       initial == 1 ? "another network namespace has a dissector"
				    : "the initial network namespace has a dissector");
}

int kernel_attach(int program, int network)
{
	int link = bpf_link_create(program, network, BPF_FLOW_DISSECTOR, NULL);

	return link < 0 ? attach_explain(network, errno) : link;
}
