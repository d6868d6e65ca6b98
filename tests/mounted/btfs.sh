#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# btfs, against bpftool for the types of programs and maps that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_objects.sh"

mount_start
make_objects
TABLE=$SCRATCH/btfs.json
cat "$MOUNT/btfs.json" >"$TABLE"

own() {
	jq --argjson id "$1" 'select(.id == $id)
		| {id, size: .size_bytes, kernel, name, maps: (.map_ids // []), progs: (.prog_ids // [])}' "$TABLE"
}
bpftools() {
	bpftool -j btf show | jq --argjson id "$1" '.[] | select(.id == $id)
		| {id, size, kernel, name, maps: (.map_ids | sort), progs: (.prog_ids | sort)}'
}
# btf_of KIND NAME: the id of the BTF that one of our objects has
btf_of() { bpftool -j "$1" show id "$(id_of "$1" "$2")" | jq .btf_id; }

program=$(btf_of prog known_filter)
map=$(btf_of map known_hash)
for id in $(printf '%s\n' "$program" "$map" | sort -u); do
	agrees "BTF of the test's objects: as bpftool" "$(bpftools "$id")" "$(own "$id")"
done
same "a program's BTF has it" true \
	"$(jq "select(.id == $program).prog_ids | index($(id_of prog known_filter)) != null" "$TABLE")"
same "a map's BTF has it" true \
	"$(jq "select(.id == $map).map_ids | index($(id_of map known_hash)) != null" "$TABLE")"
agrees "the kernel's: as bpftool" "$(bpftools 1 | jq 'del(.maps, .progs)')" \
	"$(own 1 | jq 'del(.maps, .progs)')"
same "the kernel's: its name and size" "vmlinux $(stat -c %s /sys/kernel/btf/vmlinux)" \
	"$(jq -r 'select(.id == 1) | "\(.name) \(.size_bytes)"' "$TABLE")"
same "modules by name" "$(find /sys/kernel/btf -type f -printf '%f\n' | sort)" \
	"$(jq -r 'select(.kernel).name' "$TABLE" | sort)"
same "by rising id, none twice" "$(jq .id "$TABLE" | sort -nu)" "$(jq .id "$TABLE")"

kill -KILL "$objects"
wait "$objects" 2>/dev/null
objects=
cat "$MOUNT/btfs.json" >"$TABLE"
same "those that are gone are not there" "" "$(own "$program")$(own "$map")"

# Types that come and go while they are read.
churn() {
	while [ ! -e "$SCRATCH/enough" ]; do
		"$TOOLS/typed_maps" "$TOOLS/typed_maps.bpf.o" </dev/null >/dev/null
	done
}
churn {hold}>&- &
churning=$!
readings=$((SMALL ? 40 : 200))
for _ in $(seq $readings); do
	cat "$MOUNT/btfs.json" >>"$TABLE" || echo failed
done >"$SCRATCH/failed" 2>&1
touch "$SCRATCH/enough"
wait "$churning"
same "while types come and go: no reading fails" "" "$(cat "$SCRATCH/failed")"
same "while types come and go: those that stay are there each time" $((readings + 1)) \
	"$(jq 'select(.id == 1).id' "$TABLE" | wc -l)"
same "while types come and go: some came" true "$(jq -s "map(.id) | max > $map + 3" "$TABLE")"
