#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# progs, against bpftool for programs that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_objects.sh"

mount_start
make_objects
TABLE=$SCRATCH/progs.json
cat "$MOUNT/progs.json" >"$TABLE"
about "$TABLE"
bpftool -j prog show | jq -c '.[] | [.id, .type, .name, .tag, .gpl_compatible, .loaded_at, .uid,
	.bytes_xlated, .jited, .bytes_jited, .bytes_memlock, .map_ids, .btf_id, .run_cnt // 0,
	.run_time_ns // 0]' >"$SCRATCH/bpftool"

# value NAME WHAT EXPECTED FILTER: of the program that the test made
value() { ask "$1: $2" "$3" "select(.id == $(id_of prog "$1")) | $4 | tojson"; }
while read -r kind name id; do
	[ "$kind" != prog ] || value "$name" "as bpftool" "$(grep "^\[$id," "$SCRATCH/bpftool")" \
		'[.id, .type, .name, .tag, .gpl_compatible, (.load_time | sub("\\.[0-9]*Z"; "Z") | fromdate),
		.uid, .xlated_bytes, .jited, .jited_bytes, .memory_bytes, .map_ids, .btf_id, .run_count,
		.run_time_ns]'
done <"$SCRATCH/objects"
maps="$(id_of map known_hash),$(id_of map known_array_fif)"
value known_filter_with_a_long_name "more than 15 bytes" '"known_filter_with_a_long_name"' .name
value known_filter "runs are counted" "$RUNS" .run_count
value known_filter "run time" true '.run_time_ns > 0'
value known_filter "maps" "[$maps]" .map_ids
value known_xdp "no maps" null .map_ids
same "maps as text" "$maps" \
	"$(awk -v id="$(id_of prog known_filter)" '$1 == id { print $(NF - 2) }' "$MOUNT/progs")"
value known_filter "no attach type" null .attach_type
value known_egress "attach type" '"cgroup_inet_egress"' .attach_type
value known_xdp "attach type" '"xdp"' .attach_type
value known_dissector "attach type" '"flow_dissector"' .attach_type
if [ -n "$(id_of prog known_iter)" ]; then
	value known_iter "attach type" '"trace_iter"' .attach_type
	value known_iter "what it attaches to" '"bpf_iter_bpf_map_elem"' .attach_to
	value known_iter "not sleepable" false .sleepable
else
	skip "an iterator's target" "$REFUSES_ELEMENTS"
fi
value known_sleeper "sleepable" true .sleepable
value known_xdp "not sleepable" false .sleepable
value known_filter_with_a_long_name "functions" 2 .functions
value known_egress "two hold a program that is attached" 2 .references
value known_filter "one holds any other" 1 .references
if [ -n "$(id_of prog known_exit)" ]; then
	value known_exit "target of fexit" '"known_function"' .attach_to
else
	skip "target of fexit" "this kernel refuses it"
fi
jq .id "$TABLE" | sort >"$SCRATCH/ids"
same "every program of bpftool has its row, once" "" \
	"$(sed -n 's/^\[\([0-9]*\),"[^"]*","known.*/\1/p' "$SCRATCH/bpftool" | sort |
		comm -23 - "$SCRATCH/ids")$(uniq -d "$SCRATCH/ids")"
