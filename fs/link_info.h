/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel tells of a BPF link (struct bpf_link_info of its user interface), with the kinds
 * that the headers of the machine that builds may not have. An older kernel leaves their part as
 * it was.
 */
#ifndef BPFVIEW_LINK_INFO_H
#define BPFVIEW_LINK_INFO_H

#include <linux/types.h>

enum perf_link_type {
	PERF_LINK_NONE, /* the kernel doesn't say */
	PERF_LINK_UPROBE,
	PERF_LINK_URETPROBE,
	PERF_LINK_KPROBE,
	PERF_LINK_KRETPROBE,
	PERF_LINK_TRACEPOINT,
	PERF_LINK_EVENT,
};

struct link_info {
	__u32 type, id, prog_id, : 32;
	union {
		struct {
			__u64 name; /* of a buffer */
			__u32 name_size, : 32;
			__u64 cookie;
		} raw_tracepoint;
		struct {
			__u32 attach_type, target_object, target_type, : 32;
			__u64 cookie;
		} tracing;
		struct {
			__u64 id;
			__u32 attach_type;
		} cgroup;
		struct {
			__u32 inode, attach_type;
		} netns;
		struct {
			__u32 id;
		} struct_ops_map;
		struct {
			__u32 family, hook;
			__s32 priority;
		} netfilter;
		struct {
			__u64 addresses;
			__u32 count;
		} kprobe_multi;
		struct {
			__u64 path, offsets, counter_offsets, cookies; /* of buffers */
			__u32 path_size, count;
		} uprobe_multi;
		struct {
			__u32 type, : 32; /* enum perf_link_type */
			union {
				struct {
					__u64 path; /* of a buffer */
					__u32 path_size, offset;
					__u64 cookie;
				} uprobe;
				struct {
					__u64 name;
					__u32 name_size, offset;
					__u64 address, missed, cookie;
				} kprobe;
				struct {
					__u64 name;
					__u32 name_size, : 32;
					__u64 cookie;
				} tracepoint;
				struct {
					__u64 config;
					__u32 type, : 32;
					__u64 cookie;
				} event;
			};
		} perf;
		struct {
			__u32 ifindex, attach_type;
		} device; /* tcx, netkit */
		struct {
			__u32 id, attach_type;
		} sockmap;
		__u64 room[16];
	};
};

#endif
