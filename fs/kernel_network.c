// SPDX-License-Identifier: GPL-2.0-only
/* Network namespaces and what is iterated in them. */
#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <linux/sockios.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"

#define NAMED "/run/netns"
#define OWN   "/proc/thread-self/ns/net"

#define PIDFD_OF_THREAD O_EXCL /* PIDFD_THREAD, since 6.9 */

static int namespace_open(const char *path)
{
	int network = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

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

int kernel_network_of_socket(int sock)
{
	int network = ioctl(sock, SIOCGSKNS);

	return network < 0 ? explain(-errno, "", "the socket's network namespace can't be opened")
			   : network;
}

/* An O_PATH descriptor doesn't tell what kind of namespace it is. */
static bool may_be_network(int namespace)
{
	int type = ioctl(namespace, NS_GET_NSTYPE);

	return type < 0 || type == CLONE_NEWNET;
}

/* Of what the kernel has at hand. */
static bool attributes_read(int directory, const char *path, int flags, struct statx *out)
{
	return !statx(directory, path, flags | AT_STATX_DONT_SYNC, STATX_INO, out);
}

int kernel_network_check(int descriptor, uint32_t number)
{
	struct statx own, other;
	bool right = descriptor >= 0 && attributes_read(AT_FDCWD, OWN, 0, &own) &&
		     attributes_read(descriptor, "", AT_EMPTY_PATH, &other) &&
		     own.stx_dev_major == other.stx_dev_major &&
		     own.stx_dev_minor == other.stx_dev_minor && other.stx_ino == number &&
		     may_be_network(descriptor);

	if (right)
		return descriptor;
	if (descriptor >= 0)
		close(descriptor);
	return -ENOENT;
}

int kernel_descriptor_of(pid_t holder, bool is_thread, int descriptor)
{
	long process = syscall(SYS_pidfd_open, holder, is_thread ? PIDFD_OF_THREAD : 0), own;

	if (process < 0)
		return -errno;
	own = syscall(SYS_pidfd_getfd, process, descriptor, 0);
	if (own < 0)
		own = -errno;
	close((int)process);
	return (int)own;
}

int kernel_network_named(const char *name)
{
	char path[sizeof(NAMED) + 256];
	int network;

	snprintf(path, sizeof(path), NAMED "/%.255s", name);
	network = strchr(name, '/') || name[0] == '.' ? -ENOENT : namespace_open(path);
	return network < 0 ? explain(network, "netns/ lists those with a name",
				     "no network namespace has the name or number %s", name)
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

int kernel_network_inside(int network, int (*run)(int argument), int argument)
{
	int own = namespace_open(OWN), result;

	if (own < 0)
		return own;
	if (!setns(network, CLONE_NEWNET))
		result = run(argument);
	else if (errno == EINVAL)
		result = explain(-EINVAL, "", "it is no network namespace");
	else
		result = explain(-errno, "", "entering the network namespace: %s", strerror(errno));
	if (setns(own, CLONE_NEWNET))
		abort(); /* this thread would show others a namespace that is not theirs */
	close(own);
	return result;
}

int kernel_network_iterator(int link, int network)
{
	return kernel_network_inside(network, kernel_iterator, link);
}
