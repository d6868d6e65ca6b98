#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# net/route6, against routes that the test adds, and ip -6 route.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_net.sh"

mount_start
make_sockets

route() { inside ip -6 route add "$@" || fail "ip -6 route add $*"; }
inside ip link add v0 type veth peer name v1
inside ip link set v0 up
inside ip link set v1 up
inside ip -6 address add 2001:db8::1/64 dev v0 nodad
route 2001:db8:1::/48 via 2001:db8::2 dev v0 metric 77 mtu 1300 proto static
route unreachable 2001:db8:2::/48
route blackhole 2001:db8:a::/48
route 2001:db8:3::/48 nexthop via 2001:db8::3 dev v0 weight 2 nexthop via 2001:db8::4 dev v0
route 2001:db8:4::/48 via 2001:db8::5 table 300 expires 1000
route default via fe80::9 dev v1 src 2001:db8::1 pref high
inside ip nexthop add id 7 via 2001:db8::7 dev v0
inside ip nexthop add id 8 via 2001:db8::8 dev v0
inside ip nexthop add id 9 group 7,3/8
route 2001:db8:8::/48 nhid 8
route 2001:db8:9::/48 nhid 9
ROWS=$SCRATCH/route6.json

# One line a way: destination, source, gateway, device, metric, table, protocol, type, nexthop id,
# mtu, weight, preferred source, preference.
from_ip() {
	inside ip -j -d -N -6 route show table all | jq -r '.[]
		| . as $route | (.nexthops // [.])[]
		| [$route.dst, $route.from, .gateway, (.dev // $route.dev), $route.metric,
			($route.table // "254"), $route.protocol, ($route.type // "1"), $route.nhid,
			$route.metrics[0].mtu, (.weight // 1), $route.prefsrc, $route.pref] | join(" ")' | sort
}
as_ip() {
	jq -r 'def number($names): tostring as $name | $names[$name] // $name | tostring;
		[if .prefix == 0 then "default" elif .prefix == 128 then .destination
			else "\(.destination)/\(.prefix)" end,
		if .source_prefix then "\(.source)/\(.source_prefix)" else null end,
		.gateway, .device, .metric, (.table | number({main: 254, local: 255})),
		(.protocol | number({kernel: 2, boot: 3, static: 4})),
		(.type | number({unicast: 1, local: 2, anycast: 4, multicast: 5, blackhole: 6,
			unreachable: 7})), .nexthop_id, .mtu_bytes, .weight,
		.preferred_source, .preference] | join(" ")' | sort
}
# The kernel adds its own when the links come up.
for _ in 1 2 3 4 5 6 7 8 9 10; do
	from_ip >"$SCRATCH/expected"
	table route6 >"$ROWS"
	as_ip <"$ROWS" >"$SCRATCH/actual"
	cmp -s "$SCRATCH/expected" "$SCRATCH/actual" && break
	sleep 0.2
done
match "the routes of ip -6 route" "$(cat "$SCRATCH/expected")" "$(cat "$SCRATCH/actual")"
about "$ROWS"
# known NAME DESTINATION FILTER EXPECTED
known() { ask "$1" "$4" "select(.destination == \"$2\") | $3 | tojson"; }
known "a route that expires" 2001:db8:4:: \
	'[.table, .expires_ms > 900000, .expires_ms <= 1000000, .gateway]' \
	'[300,true,true,"2001:db8::5"]'
known "several ways" 2001:db8:3:: '[.siblings, .weight, .gateway]' \
	$'[1,2,"2001:db8::3"]\n[1,1,"2001:db8::4"]'
known "a group of nexthops" 2001:db8:9:: '[.nexthop_id, .weight, .gateway]' \
	$'[9,3,"2001:db8::7"]\n[9,1,"2001:db8::8"]'
known "the default route" :: '[.prefix, .gateway, .preferred_source, .preference, .type]' \
	'[0,"fe80::9","2001:db8::1","high","unicast"]'
