/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of links: bpf/links.bpf.c fills it in, fs/links_details.c completes it. */
#ifndef BPFVIEW_LINKS_H
#define BPFVIEW_LINKS_H

#include <bpfview/tags.h>
#include <linux/types.h>

#include "names.h"

#define LINKS_TARGET_SIZE 128

/* By links_details(): cookie, functions; where the program can't know them, more of the others. */
struct links_row {
	__u32 id;
	enum link_type type;
	enum attach_type attach_type BPFVIEW_NONE(-1);
	__u32 prog_id BPFVIEW_NONE(0);
	__s64 references BPFVIEW_ABOUT("descriptors and pins that hold it");
	__u64 cookie BPFVIEW_HEX BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("what its program gets from bpf_get_attach_cookie()");
	__u64 cgroup_id BPFVIEW_NONE(0) BPFVIEW_ABOUT("what it is attached to");
	__u32 ifindex BPFVIEW_NONE(0) BPFVIEW_ABOUT("what it is attached to");
	__u32 net_ns BPFVIEW_NONE(0) BPFVIEW_ABOUT("of that interface, or what it is attached to");
	__u32 target_prog BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("id of the program that it traces or extends");
	__u32 target_map BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("id of the map that it iterates or belongs to");
	__u32 functions BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("of a multi link: how many it is attached to");
	char interface[16] BPFVIEW_ABOUT("the name of that interface");
	/*
	 * Also "uprobe:/path+0x1234", "uprobe:...h+0x1234" with the end of a longer path,
	 * "netfilter:ipv4/pre_routing/-100".
	 */
	char target[LINKS_TARGET_SIZE] BPFVIEW_ABOUT("function, iterator, tracepoint, probe, hook");
	char prog_name[20];
	char cgroup[0] BPFVIEW_PATH_UP BPFVIEW_ABOUT("the path of that cgroup");
};

#endif
