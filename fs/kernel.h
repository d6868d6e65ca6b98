/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What asks the kernel for descriptors and needs privilege for it. Each returns a descriptor that
 * is the caller's, or a negative errno with words.
 */
#ifndef BPFVIEW_KERNEL_H
#define BPFVIEW_KERNEL_H

#include <linux/types.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* A map by its id, for reading alone. -ENOENT when there is none. */
int kernel_map(__u32 id);

/* Where the tree of cgroups v2 is mounted. 0 or -EOPNOTSUPP. */
int kernel_cgroups(char *out, size_t size);

/* A cgroup v2 by its path within the tree, or with the tree's own before it. */
int kernel_cgroup(const char *path);

/* An iterator over a map's elements. It keeps program and map in the kernel until it is closed. */
int kernel_map_iterator(int program, int map);

/* The program of a link, and a map of that whose name holds so much: variables are a map ".bss". */
int kernel_link_program(int link);
int kernel_link_map(int link, const char *name);

/* An iterator of a link, in the daemon's namespaces. */
int kernel_iterator(int link);

/*
 * The same in a network namespace: sockets and routes are those of the namespace in which the
 * thread stands that makes the iterator.
 */
int kernel_network_iterator(int link, int network);

/*
 * The same in a pid namespace, or -1 for the daemon's: tasks are those that the namespace sees. Of
 * one process, as that namespace numbers it, or with 0 of all. -ENOENT when the process does not
 * exist: the kernel itself would give no rows.
 */
int kernel_process_iterator(int link, int pids, pid_t process);

/* The same of a link that was made for a process or thread, or with 0 for all. */
int kernel_tasks_iterator(int link, int pids, pid_t process, pid_t thread);

/* What run(argument) returns when this thread stands in that network namespace. */
int kernel_network_inside(int network, int (*run)(int argument), int argument);

/* The network namespace of a thread, of a socket, or one by its name in /run/netns. */
int kernel_network_of(pid_t thread);
int kernel_network_of_socket(int sock);
int kernel_network_named(const char *name);

/* A network namespace by a path as that thread sees it. -EINVAL when it is something else. */
int kernel_network_path(pid_t thread, const char *path);

/* Whether it is the first of the machine: 1 or 0, or a negative errno with words. */
int kernel_network_is_initial(int network);

/*
 * A link that has a flow dissector work in a network namespace until it is closed. -EBUSY when
 * another one is in the way.
 */
int kernel_attach(int program, int network);

/* The inode number of a network namespace, or with -1 of the daemon's. 0 or a negative errno. */
int kernel_network_inode(int network, __u32 *out);

/* The pid namespace of a thread to *out, -1 when it is the daemon's own. 0 or a negative errno. */
int kernel_pids_of(pid_t thread, int *out);

/* A process (a pidfd), as a pid namespace or, with -1, the daemon's numbers it. */
int kernel_process(int pids, pid_t process);

/* Whether the first thread of a process has ended or begun to, and its files and memory with it. */
bool kernel_process_ends(int descriptor);

/* Whether a pid namespace, -1 for the daemon's, sees a process of that number. */
bool kernel_process_exists(int pids, pid_t process);

/* A procfs folder of a pid namespace, -1 for the daemon's. */
int kernel_processes(int pids);

/*
 * The descriptor itself when it is the network namespace of that number; else it is closed, and
 * -ENOENT returned, without words. Accepts an error in its place. Of what else the descriptor is it
 * asks nothing that somebody would have to answer.
 */
int kernel_network_check(int descriptor, uint32_t number);

/*
 * What a process, or a thread that has descriptors of its own, has open as that descriptor. Without
 * words.
 */
int kernel_descriptor_of(pid_t holder, bool is_thread, int descriptor);

#endif
