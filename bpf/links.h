/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of links: bpf/links.bpf.c fills it in, fs/links_details.c completes it. */
#ifndef BPFVIEW_LINKS_H
#define BPFVIEW_LINKS_H

#include <bpfview/tags.h>
#include <linux/types.h>

#include "names.h"

#define LINKS_TARGET_SIZE 128

struct links_row {
	__u32 id;
	enum link_type type;
	enum attach_type attach_type BPFVIEW_NONE(-1);
	__u32 prog_id BPFVIEW_NONE(0);
	__s64 references;
	__u64 cookie BPFVIEW_HEX BPFVIEW_NONE(0); /* by links_details() */
	__u64 cgroup_id BPFVIEW_NONE(0);
	__u32 ifindex BPFVIEW_NONE(0);
	__u32 net_ns BPFVIEW_NONE(0); /* of that interface, or what it is attached to */
	__u32 target_prog BPFVIEW_NONE(0);
	__u32 target_map BPFVIEW_NONE(0);
	__u32 functions BPFVIEW_NONE(0); /* of a multi link, by links_details() */
	char interface[16];
	/*
	 * The function traced, the iterator, the tracepoint; by links_details() where the program
	 * can't know it, "uprobe:/path+0x1234", "netfilter:ipv4/pre_routing/-100". Cut to its size.
	 */
	char target[LINKS_TARGET_SIZE];
	char prog_name[20];
	char cgroup[0] BPFVIEW_PATH_UP;
};

#endif
