#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# maps/<id>: what is read is what was put into the map, in the map's types, in text, JSON and CSV.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/maps_lib.sh"
mount_start
maps=$MOUNT/maps

make_maps typed_maps "$TOOLS/typed_maps.bpf.o"
declare -A typed
while read -r name number; do typed[${name//./_}]=$number; done <"$SCRATCH/ids"

# is NAME SUFFIX LINE...: the table is these lines
is() {
	same "$1$2" "$(printf '%s\n' "${@:3}")" "$(cat "$maps/${typed[$1]}$2")"
}
cpus=$(bpftool map dump id "${typed[typed_cpu_array]}" -j | jq '.[0].values | length')

# per_cpu JQ: the values of all CPUs; the filter gets the CPU's number
per_cpu() {
	jq -nc --argjson cpus "$cpus" "[range(\$cpus) | {cpu: ., value: ($1)}]"
}

is typed_array '' 'KEY VALUE' '  0 {"x":1,"y":-1}' '  1 {"x":0,"y":0}' \
	'  2 {"x":2147483647,"y":-2147483648}'
is typed_array .json '{"key":0,"value":{"x":1,"y":-1}}' '{"key":1,"value":{"x":0,"y":0}}' \
	'{"key":2,"value":{"x":2147483647,"y":-2147483648}}'
is typed_array .csv key,value '0,"{""x"":1,""y"":-1}"' '1,"{""x"":0,""y"":0}"' \
	'2,"{""x"":2147483647,""y"":-2147483648}"'
is typed_lru '' 'KEY VALUE' ' 11 GREEN'
is typed_lru .json '{"key":11,"value":"GREEN"}'
is typed_lru .csv key,value 11,GREEN
is typed_lru_cpus .json "{\"key\":-1,\"values\":$(per_cpu '10 + .')}"
is typed_lru_cpus '' 'KEY VALUES' " -1 $(per_cpu '10 + .')"
is typed_cpus .json \
	"{\"key\":\"18446744073709551615\",\"values\":$(per_cpu '{packets: (100 + .), drops: 0}')}"
# jq's numbers are doubles: 2^60 and a few can't be told apart.
same "typed_cpu_array.json" "$(for ((i = 0; i < cpus; i++)); do echo $(((1 << 60) + i)); done)" \
	"$(jq -r 'select(.key == 1) | .values[].value' "$maps/${typed[typed_cpu_array]}.json")"
same "typed_cpu_array has a row for each index" "0 1" \
	"$(jq -r .key "$maps/${typed[typed_cpu_array]}.json" | paste -sd ' ')"
is typed_guarded .json '{"key":5,"value":{"lock":null,"number":6,"timer":null}}'
is typed_ma_data .json '{"key":"00000000","value":{"first":42,"second":{"x":-1,"y":1}}}'

about "$maps/${typed[typed_hash]}.json"
# one NAME EXPECTED PATH ID: the JSON of one member of the element with that id
one() { ask "$1" "$2" "select(.key.id == $4) | $3 | tojson"; }
one "a struct's members in order" "\"tiny negative number above_2_53 lowest yes no letter green blue \
unknown nested either inside bits_a bits_b bits_c numbers matrix points text full raw name pointer \
single twice huge qualified\"" '.value | keys_unsorted | join(" ")' 1
while read -r path filled empty; do
	one "$path, filled" "$filled" ".value.$path" 1
	one "$path, zero" "$empty" ".value.$path" 2
done <<'END'
tiny 255 0
negative -2 0
number 4000000000 0
above_2_53 "18446744073709551615" 0
lowest "-9223372036854775808" 0
yes true false
no false false
letter 120 0
green "GREEN" "RED"
blue "BLUE" "RED"
unknown 99 "RED"
nested {"x":-5,"y":6} {"x":0,"y":0}
either {"as_number":67305985,"as_bytes":[1,2,3,4]} {"as_number":0,"as_bytes":[0,0,0,0]}
inside 8 0
bits_a 5 0
bits_b -3 0
bits_c 11259375 0
numbers [1,2,3] [0,0,0]
matrix [[1,2],[3,4]] [[0,0],[0,0]]
points [{"x":1,"y":2},{"x":3,"y":4}] [{"x":0,"y":0},{"x":0,"y":0}]
full "full" ""
raw [222,173,255] [0,0,0]
name {"number":9,"letter":110} {"number":0,"letter":0}
pointer "0xffff888012345678" "0x0000000000000000"
single 0.5 0
huge "170141183460469231731687303715884105729" 0
qualified 77 0
END
one "a double" true '.value.twice == -1.25e300' 1
one "a string with blanks, quotes and a byte that is not UTF-8" '"a b\"\\\n'$'\xc3\xbf"' .value.text 1
one "a struct as key" '{"id":1,"name":"one two"}' .key 1
same "a struct is one cell" "2 2 2" "$(awk '{ print NF }' "$maps/${typed[typed_hash]}" | paste -sd ' ')"
