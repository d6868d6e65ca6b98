/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of net/route6. */
#ifndef BPFVIEW_ROUTE6_H
#define BPFVIEW_ROUTE6_H

#include <bpfview/tags.h>
#include <linux/types.h>

enum route_family { /* of a gateway */
	gateway_inet = 2,
	gateway_inet6 = 10,
};

enum route_type {
	route_unspec,
	route_unicast,
	route_local,
	route_broadcast,
	route_anycast,
	route_multicast,
	route_blackhole,
	route_unreachable,
	route_prohibit,
	route_throw,
	route_nat,
};

enum route_protocol {
	protocol_unspec,
	protocol_redirect,
	protocol_kernel,
	protocol_boot,
	protocol_static,
	protocol_gated = 8,
	protocol_ra,
	protocol_mrt,
	protocol_zebra,
	protocol_bird,
	protocol_dnrouted,
	protocol_xorp,
	protocol_ntk,
	protocol_dhcp,
	protocol_mrouted,
	protocol_keepalived,
	protocol_babel = 42,
	protocol_openr = 99,
	protocol_bgp = 186,
	protocol_isis,
	protocol_ospf,
	protocol_rip,
	protocol_eigrp = 192,
};

enum route_table {
	table_unspec,
	table_default = 253,
	table_main,
	table_local,
};

enum route_preference {
	preference_medium,
	preference_high,
	preference_invalid,
	preference_low,
};

/* A route over several ways has a row for each. */
struct route6_row {
	__u8 destination[16] BPFVIEW_IPV6;
	__u32 prefix BPFVIEW_ABOUT("bits of the destination that count");
	__u8 source[16] BPFVIEW_IPV6 BPFVIEW_NONE(0) BPFVIEW_ABOUT("only for packets from there");
	__u32 source_prefix BPFVIEW_NONE(0) BPFVIEW_ABOUT("bits of the source that count");
	enum route_family gateway_family BPFVIEW_NONE(0);
	__u8 gateway[16] BPFVIEW_ADDRESS;
	char device[16];
	__u32 metric BPFVIEW_ABOUT("the lowest one is taken");
	enum route_table table;
	enum route_protocol protocol BPFVIEW_ABOUT("who made it");
	enum route_type type;
	__u8 preferred_source[16] BPFVIEW_IPV6 BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("address of packets that take it");
	enum route_preference preference BPFVIEW_ABOUT("as its router announced it");
	__u32 flags BPFVIEW_HEX BPFVIEW_ABOUT("RTF_*, as in /proc/net/ipv6_route");
	__u32 nexthop_flags BPFVIEW_HEX BPFVIEW_ABOUT("RTNH_F_*");
	__u32 siblings BPFVIEW_ABOUT("other routes that share the packets with it");
	__u32 weight BPFVIEW_ABOUT("its share among them");
	__u32 nexthop_id BPFVIEW_NONE(0) BPFVIEW_ABOUT("of the nexthop object that it leads to");
	__u32 mtu_bytes BPFVIEW_NONE(0), advmss_bytes BPFVIEW_NONE(0);
	__u32 references;
	__u64 expires_ms BPFVIEW_NONE(-1) BPFVIEW_ABOUT("from now");
};

#endif
