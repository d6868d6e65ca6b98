// SPDX-License-Identifier: GPL-2.0-only
#include "view.h"

#include "links_details.h"
#include "maps_details.h"
#include "progs_details.h"

/* Path in the tree, object in bpf/, summary, and what else view.h says of some. */
const struct view_definition view_definitions[] = {
	{"tasks", "tasks", "a row for each process", .waits = WAITS_FOR_MEMORY},
	{"threads", "threads", "a row for each thread"},
	{"files", "files", "a row for each open file of each process"},
	{"sockets", "sockets", "a row for each socket that a process holds, in all namespaces"},
	{"progs", "progs", "a row for each BPF program", .details = progs_details},
	{"links", "links", "a row for each BPF link", .details = links_details},
	{"maps/list", "maps", "a row for each BPF map", .details = maps_details},
	{"net/tcp", "tcp", "a row for each TCP socket, those without a process too",
	 .waits = WAITS_FOR_SOCKETS, .owned = true},
	{"net/udp", "udp", "a row for each UDP socket", .waits = WAITS_FOR_SOCKETS, .owned = true},
	{"net/unix", "unix", "a row for each Unix socket", .waits = WAITS_FOR_SOCKETS,
	 .owned = true},
	{"net/netlink", "netlink", "a row for each netlink socket", .owned = true},
	{"net/route6", "route6", "a row for each IPv6 route"},
	{"vmas", "vmas", "a row for each memory mapping of each process",
	 .waits = WAITS_FOR_MEMORY},
	{"ksyms", "ksyms", "a row for each symbol of the kernel and its modules"},
	{"slabs", "slabs", "a row for each slab cache"},
	{"cgroups", "cgroups", "a row for each cgroup of version 2"},
	{"dmabufs", "dmabufs", "a row for each DMA buffer"},
};

const size_t view_count = sizeof(view_definitions) / sizeof(view_definitions[0]);
