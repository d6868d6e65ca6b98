#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# progs, against bpftool for programs that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_objects.sh"

mount_start
make_objects
TABLE=$SCRATCH/progs.json
cat "$MOUNT/progs.json" >"$TABLE"

ids=$(awk '$1 == "prog" { print $3 }' "$SCRATCH/objects")
for id in $ids; do
	agrees "$(awk -v id="$id" '$3 == id && $1 == "prog" { print $2 }' "$SCRATCH/objects"): as bpftool" \
		"$(bpftool -j prog show id "$id" | jq '{id, type, name, tag, gpl: .gpl_compatible,
			loaded: .loaded_at, uid, xlated: .bytes_xlated, jited, code: .bytes_jited,
			memory: .bytes_memlock, maps: .map_ids, btf: .btf_id,
			count: (.run_cnt // 0), time: (.run_time_ns // 0)}')" \
		"$(jq "select(.id == $id)"' | {id, type, name, tag, gpl: .gpl_compatible,
			loaded: (.load_time | sub("\\.[0-9]*Z"; "Z") | fromdate), uid,
			xlated: .xlated_bytes, jited, code: .jited_bytes, memory: .memory_bytes,
			maps: .map_ids, btf: .btf_id, count: .run_count, time: .run_time_ns}' "$TABLE")"
done
# value NAME FILTER
value() { jq -c "select(.id == $(id_of prog "$1")) | $2" "$TABLE"; }
same "a name of more than 15 bytes" '"known_filter_with_a_long_name"' \
	"$(value known_filter_with_a_long_name .name)"
same "runs are counted" "$RUNS" "$(value known_filter .run_count)"
same "run time" true "$(value known_filter '.run_time_ns > 0')"
same "maps" "[$(id_of map known_hash),$(id_of map known_array_fif)]" "$(value known_filter .map_ids)"
same "no maps" null "$(value known_xdp .map_ids)"
same "maps as text" "$(id_of map known_hash),$(id_of map known_array_fif)" \
	"$(awk -v id="$(id_of prog known_filter)" '$1 == id { print $(NF - 2) }' "$MOUNT/progs")"
same "no attach type" null "$(value known_filter .attach_type)"
same "attach types" '"cgroup_inet_egress" "xdp" "flow_dissector" "trace_iter"' \
	"$(value known_egress .attach_type) $(value known_xdp .attach_type) $(
		value known_dissector .attach_type) $(value known_iter .attach_type)"
same "what it attaches to" '"bpf_iter_bpf_map_elem"' "$(value known_iter .attach_to)"
same "sleepable" "true false" "$(value known_sleeper .sleepable) $(value known_iter .sleepable)"
same "functions" 2 "$(value known_filter_with_a_long_name .functions)"
same "two hold a program that is attached, one any other" "2 1" \
	"$(value known_egress .references) $(value known_filter .references)"
if [ -n "$(id_of prog known_exit)" ]; then
	same "target of fexit" '"known_function"' "$(value known_exit .attach_to)"
else
	skip "target of fexit" "this kernel refuses it"
fi
same "every program of bpftool has its row, once" "" \
	"$(comm -23 <(bpftool -j prog show | jq '.[].id' | sort) <(jq .id "$TABLE" | sort) |
		while read -r id; do bpftool -j prog show id "$id" 2>/dev/null | jq -r .name; done |
		grep ^known)$(jq .id "$TABLE" | sort | uniq -d)"
