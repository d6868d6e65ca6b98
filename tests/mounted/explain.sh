#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# explain: the last packet with its headers, keys, flow and Community ID.
. "$(dirname "$0")/lib.sh"
mount_start -o load
EXPLAIN=$MOUNT/dissect/explain
VLAN=ffffffffffff0200000000018100006408004500001c0000400040110000c0000201c6336407303900350008c0de
V6=02000000000102000000000286dd600000000014067f20010db800000000000000000000000120010db80000000000000000000000020050ce0a00000000000000005000200000000000
OUTER=ffffffffffff02000000000108004500004e0000400040110000c0000201c6336407303912b5003a00000800000000002a00
INNER=02000000000302000000000408004500001c00004000401100000a0000010a000002303900350008c0de

# of LABEL: what a line of it says
of() { sed -n "s/^$1  *//p" "$EXPLAIN"; }

fails "before any packet" "No data" cat "$EXPLAIN"
printf '%s\n\n%s\n' "$V6" "$VLAN" >"$MOUNT/dissect/input"
same "headers and bytes" "---- 0 ethernet
0000  ff ff ff ff ff ff 02 00 00 00 00 01 81 00        ..............
---- 14 vlan
000e  00 64 08 00                                      .d..
---- 18 ipv4 (nhoff)
0012  45 00 00 1c 00 00 40 00 40 11 00 00 c0 00 02 01  E.....@.@.......
0022  c6 33 64 07                                      .3d.
---- 38 udp (thoff)
0026  30 39 00 35 00 08 c0 de                          09.5...." "$(sed '/^$/,$d' "$EXPLAIN")"
same "its layers" "ethernet vlan ipv4 udp" "$(of layers)"
same "its keys, as in input" "$(jq -r 'select(.frame == 2) |
	[.frame, .verdict, .nhoff, .thoff, .src, .sport, .dst, .dport] | join(" ")' "$MOUNT/dissect/input.json")" \
	"$(for key in frame verdict nhoff thoff src sport dst dport; do of $key; done | xargs)"
same "its flow" "udp 192.0.2.1:12345 > 198.51.100.7:53" "$(of flow)"
same "its Community ID" "1:$(printf '0000c0000201c6336407110030390035' | xxd -r -p | sha1sum | xxd -r -p | base64)" \
	"$(of community_id)"

printf '%s\n' "$V6" >"$MOUNT/dissect/input"
same "a flow of IPv6" "tcp [2001:db8::1]:80 > [2001:db8::2]:52746" "$(of flow)"
printf '%s\n' "$OUTER$INNER" | tee "$MOUNT/dissect/input" >"$MOUNT/dissect/flags/vxlan/input"
same "no further than without options" "ethernet ipv4 udp" "$(of layers)"
EXPLAIN=$MOUNT/dissect/flags/vxlan/explain
same "with an option, further" "ethernet ipv4 udp vxlan ethernet ipv4 udp" "$(of layers)"
same "and the inner flow" "udp 10.0.0.1:12345 > 10.0.0.2:53" "$(of flow)"

EXPLAIN=$MOUNT/dissect/explain
printf '%s\n' "$VLAN" ffffffffffff >"$MOUNT/dissect/input"
same "the last one that was run" 1 "$(of frame)"
printf '%s\n' 02000000000102000000000288b5 >"$MOUNT/dissect/input"
same "one that nothing is known of" "ethernet" "$(of layers)"
same "without a flow" - "$(of flow)"
same "without a Community ID" - "$(of community_id)"
same "marks at its end" "---- 14 (nhoff) (thoff)" "$(sed '/^$/,$d' "$EXPLAIN" | tail -n 1)"
head -c 8000 /dev/zero >"$MOUNT/dissect/input"
same "4096 bytes at most" 0ffe "$(sed '/^$/,$d' "$EXPLAIN" | grep -v -- ---- | tail -n 1 | cut -c 1-4)"

cp "$TOOLS/toy.bpf.o" "$MOUNT/load"
EXPLAIN=$MOUNT/dissect/toy/explain
printf '%s\n' 02000000000202000000000188b5010203040a0000010a000002 >"$MOUNT/dissect/toy/input"
same "of a loaded dissector" "10.0.0.1:258 > 10.0.0.2:772" "$(of flow | cut -d ' ' -f 2-)"
same "its marks" "---- 14 ethertype-0x88b5 (nhoff) ---- 26 (thoff)" "$(grep -e '^----' "$EXPLAIN" | tail -n 2 | xargs)"
rm "$MOUNT/load/toy.bpf.o"
fails "no such dissector" "No such file" cat "$EXPLAIN"

mount_stop
chmod 755 "$SCRATCH" ${TMPDIR:+"$TMPDIR"}
mount_start -o allow_other,mode=0666
EXPLAIN=$MOUNT/dissect/explain
printf '%s\n' "$VLAN" >"$MOUNT/dissect/input"
fails "another user's packets are not shown" "No data" as_nobody cat "$EXPLAIN"
same "one's own are" 46 "$(of length)"
