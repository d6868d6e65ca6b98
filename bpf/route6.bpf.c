// SPDX-License-Identifier: GPL-2.0-only
#include <bpfview/route6.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "route6.h"

#define METRIC_MTU	 1 /* RTAX_MTU - 1 */
#define METRIC_ADVMSS	 7
#define FLAG_EXPIRES	 0x00400000
#define PREFERENCE_SHIFT 27
#define NEXTHOPS_MOST	 200 /* of a route, whose rows are one record of at most 32 KiB */

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(route6);

const volatile __u64 tick_ns = 4000000;

static inline void fill_route(struct route6_row *row, const struct fib6_info *route)
{
	BPF_CORE_READ_INTO(&row->destination, route, fib6_dst.addr);
	row->prefix = route->fib6_dst.plen;
	if (bpf_core_field_exists(route->fib6_src)) {
		BPF_CORE_READ_INTO(&row->source, route, fib6_src.addr);
		row->source_prefix = route->fib6_src.plen;
	}
	BPF_CORE_READ_INTO(&row->preferred_source, route, fib6_prefsrc.addr);
	row->metric = route->fib6_metric;
	row->table = route->fib6_table->tb6_id;
	row->protocol = route->fib6_protocol;
	row->type = route->fib6_type;
	row->flags = route->fib6_flags;
	row->preference = route->fib6_flags >> PREFERENCE_SHIFT & 3;
	row->siblings = route->fib6_nsiblings;
	row->mtu_bytes = route->fib6_metrics->metrics[METRIC_MTU];
	row->advmss_bytes = route->fib6_metrics->metrics[METRIC_ADVMSS];
	row->references = route->fib6_ref.refs.counter;
}

static inline void fill_expiry(struct route6_row *row, const struct fib6_info *route)
{
	__s64 left = route->expires - bpf_jiffies64();

	row->expires_ms = -1;
	if (row->flags & FLAG_EXPIRES)
		row->expires_ms = left > 0 ? left * tick_ns / 1000000 : 0;
}

static __noinline long write_path(struct seq_file *seq, struct route6_row *row,
				  const struct fib_nh_common *path, int weight)
{
	row->gateway_family = BPF_CORE_READ(path, nhc_gw_family);
	BPF_CORE_READ_INTO(&row->gateway, path, nhc_gw.ipv6);
	BPF_CORE_READ_INTO(&row->device, path, nhc_dev, name);
	row->nexthop_flags = BPF_CORE_READ(path, nhc_flags);
	row->weight = weight;
	return bpfview_write_row(seq, row);
}

struct group_walk {
	struct seq_file *seq;
	struct route6_row *row;
	const struct nh_group *group;
	__u32 count;
};

static long write_member(__u32 index, struct group_walk *walk)
{
	const struct nh_grp_entry *member;
	const struct nh_info *info;

	if (index >= walk->count)
		return 1;
	member = (const void *)walk->group + bpf_core_field_offset(struct nh_group, nh_entries) +
		 index * bpf_core_type_size(struct nh_grp_entry);
	info = BPF_CORE_READ(member, nh, nh_info);
	write_path(walk->seq, walk->row, &info->fib_nhc, BPF_CORE_READ(member, weight));
	return 0;
}

/* A route may lead to a nexthop of its own, or to an object that other routes lead to as well. */
static inline void write_object(struct seq_file *seq, struct route6_row *row,
				const struct nexthop *object)
{
	struct group_walk walk = {.seq = seq, .row = row};
	const struct nh_group *group;

	row->nexthop_id = BPF_CORE_READ(object, id);
	if (!BPF_CORE_READ(object, is_group)) {
		write_path(seq, row, &BPF_CORE_READ(object, nh_info)->fib_nhc, 1);
		return;
	}
	group = walk.group = BPF_CORE_READ(object, nh_grp);
	walk.count = BPF_CORE_READ(group, num_nh);
	bpf_loop(NEXTHOPS_MOST, write_member, &walk, 0);
}

/* The end of a table without a default route, which is the same for all. */
static inline bool is_null_entry(const struct fib6_info *route)
{
	return BPF_CORE_READ(&route->fib6_nh[0], nh_common.nhc_dev, nd_net.net,
			     ipv6.fib6_null_entry) == route;
}

SEC("iter/ipv6_route")
int route6(struct bpf_iter__ipv6_route *context)
{
	struct seq_file *seq = context->meta->seq;
	struct fib6_info *route = context->rt;
	struct route6_row row = {};

	if (!route)
		return 0;
	route = bpfview_untrusted(route);
	if (!route->nh && is_null_entry(route))
		return 0;
	fill_route(&row, route);
	fill_expiry(&row, route);
	if (route->nh)
		write_object(seq, &row, route->nh);
	else
		write_path(seq, &row, &route->fib6_nh[0].nh_common,
			   BPF_CORE_READ(&route->fib6_nh[0].nh_common, nhc_weight));
	return 0;
}
