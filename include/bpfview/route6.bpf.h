/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's types for IPv6 routes, as in kernel.bpf.h. */
#ifndef BPFVIEW_ROUTE6_BPF_H
#define BPFVIEW_ROUTE6_BPF_H

#include <bpfview/kernel.bpf.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct fib6_table {
	__u32 tb6_id;
};

struct dst_metrics {
	__u32 metrics[17];
};

struct rt6key {
	struct in6_addr addr;
	int plen;
};

struct net___routes {
	struct {
		struct fib6_info *fib6_null_entry;
	} ipv6;
};

struct net_device___route {
	struct {
		struct net___routes *net;
	} nd_net;
	char name[16];
};

struct fib_nh_common {
	struct net_device___route *nhc_dev;
	__u8 nhc_gw_family;
	unsigned char nhc_flags;
	union {
		struct in6_addr ipv6;
	} nhc_gw;
	int nhc_weight;
};

struct fib6_nh {
	struct fib_nh_common nh_common;
};

struct nh_info {
	struct fib_nh_common fib_nhc;
};

struct nh_grp_entry {
	struct nexthop *nh;
	__u16 weight;
};

struct nh_group {
	__u16 num_nh;
	struct nh_grp_entry nh_entries[0];
};

struct nexthop {
	__u32 id;
	bool is_group;
	struct nh_info *nh_info;
	struct nh_group *nh_grp;
};

struct fib6_info {
	struct fib6_table *fib6_table;
	unsigned int fib6_nsiblings;
	struct {
		struct {
			int counter;
		} refs;
	} fib6_ref;
	unsigned long expires;
	struct dst_metrics *fib6_metrics;
	struct rt6key fib6_dst, fib6_src, fib6_prefsrc;
	__u32 fib6_flags, fib6_metric;
	__u8 fib6_protocol, fib6_type;
	struct nexthop *nh;
	struct fib6_nh fib6_nh[0];
};

#pragma clang attribute pop

struct bpf_iter__ipv6_route {
	struct bpf_iter_meta *meta;
	struct fib6_info *rt;
};

#endif
