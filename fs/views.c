// SPDX-License-Identifier: GPL-2.0-only
#include "view.h"

#include "links_details.h"
#include "maps_details.h"
#include "progs_details.h"

/* Path in the tree, object in bpf/, summary, what completes a row. */
const struct view_definition view_definitions[] = {
	{"tasks", "tasks", "a row for each process", NULL},
	{"threads", "threads", "a row for each thread", NULL},
	{"files", "files", "a row for each open file of each process", NULL},
	{"sockets", "sockets", "a row for each socket that a process holds, in all namespaces",
	 NULL},
	{"progs", "progs", "a row for each BPF program", progs_details},
	{"links", "links", "a row for each BPF link", links_details},
	{"maps/list", "maps", "a row for each BPF map", maps_details},
	{"net/tcp", "tcp", "a row for each TCP socket, those without a process too", NULL},
	{"net/udp", "udp", "a row for each UDP socket", NULL},
	{"net/unix", "unix", "a row for each Unix socket", NULL},
	{"net/netlink", "netlink", "a row for each netlink socket", NULL},
	{"net/route6", "route6", "a row for each IPv6 route", NULL},
	{"vmas", "vmas", "a row for each memory mapping of each process", NULL},
	{"ksyms", "ksyms", "a row for each symbol of the kernel and its modules", NULL},
	{"slabs", "slabs", "a row for each slab cache", NULL},
	{"cgroups", "cgroups", "a row for each cgroup of version 2", NULL},
	{"dmabufs", "dmabufs", "a row for each DMA buffer", NULL},
};

const size_t view_count = sizeof(view_definitions) / sizeof(view_definitions[0]);
