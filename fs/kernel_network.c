// SPDX-License-Identifier: GPL-2.0-only
/* Network namespaces and what is iterated in them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"

#define NAMED "/run/netns"
#define OWN   "/proc/thread-self/ns/net"

static int namespace_open(const char *path)
{
	int network = open(path, O_RDONLY | O_CLOEXEC);

	return network < 0 ? -errno : network;
}

int kernel_network_of(pid_t thread)
{
	char path[64];
	int network;

	if (!thread)
		return explain(-ESRCH, "mount bpfview in the reader's pid namespace",
			       "the reader has no number in the daemon's pid namespace");
	snprintf(path, sizeof(path), "/proc/%d/ns/net", thread);
	network = namespace_open(path);
	return network < 0 ? explain(network, "", "the reader's network namespace can't be opened")
			   : network;
}

static bool inode_is(int network, unsigned long inode)
{
	struct stat attributes;

	return network >= 0 && !fstat(network, &attributes) && attributes.st_ino == inode;
}

/* A namespace without a name is found through a process that is in it. */
static int namespace_by_inode(unsigned long inode)
{
	DIR *processes = opendir("/proc");
	struct dirent *process;
	char path[sizeof(process->d_name) + 16];
	int network = -ENOENT;

	while (processes && (process = readdir(processes))) {
		if (process->d_name[0] < '1' || process->d_name[0] > '9')
			continue;
		snprintf(path, sizeof(path), "/proc/%s/ns/net", process->d_name);
		network = namespace_open(path);
		if (inode_is(network, inode))
			break;
		if (network >= 0)
			close(network);
		network = -ENOENT;
	}
	if (processes)
		closedir(processes);
	return network;
}

int kernel_network_named(const char *name)
{
	char path[sizeof(NAMED) + 256], *end;
	unsigned long inode = strtoul(name, &end, 10);
	int network;

	snprintf(path, sizeof(path), NAMED "/%.255s", name);
	network = strchr(name, '/') || name[0] == '.' ? -ENOENT : namespace_open(path);
	if (network < 0 && name[0] >= '1' && name[0] <= '9' && !*end)
		network = namespace_by_inode(inode);
	return network < 0 ? explain(network, "netns/ lists those with a name",
				     "no network namespace has the name or inode %s", name)
			   : network;
}

int kernel_network_inode(int network, __u32 *out)
{
	struct stat attributes;

	if (network < 0 ? stat(OWN, &attributes) : fstat(network, &attributes))
		return explain(-errno, "", "the network namespace can't be seen");
	*out = (__u32)attributes.st_ino;
	return 0;
}

int kernel_network_iterator(int link, int network)
{
	int own = namespace_open(OWN), iterator;

	if (own < 0)
		return own;
	iterator = setns(network, CLONE_NEWNET) ? -errno : kernel_iterator(link);
	if (setns(own, CLONE_NEWNET))
		abort(); /* this thread would show others a namespace that is not theirs */
	close(own);
	return iterator;
}
