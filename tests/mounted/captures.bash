# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # what it sets is for those who source it
# Sourced by the tests of dissect/input, after lib.sh: frames, and captures of them, all as hex.
DATA=$TOP/tests/data/flow
INPUT=$MOUNT/dissect/input
# The kernel's vectors, with the IP version that those leave out.
FRAME=$(awk -F'\t' '$1 == "ipv4" { print substr($3, 1, 28) "4" substr($3, 30) }' "$DATA/kernel_vectors.tsv")
FRAME6=$(awk -F'\t' '$1 == "ipv6" { print substr($3, 1, 28) "6" substr($3, 30) }' "$DATA/kernel_vectors.tsv")
ORDER=little

# number BYTES VALUE, in the byte order ORDER
number() {
	local hex i
	printf -v hex "%0$(($1 * 2))x" "$2"
	if [ "$ORDER" == big ]; then
		printf %s "$hex"
	else
		for ((i = $1 * 2 - 2; i >= 0; i -= 2)); do printf %s "${hex:i:2}"; done
	fi
}

# pcap_header MAGIC LINK_TYPE
pcap_header() {
	number 4 "$1"
	number 2 2
	number 2 4
	printf '%016d' 0
	number 4 262144
	number 4 "$2"
}

# pcap_packet SECONDS FRACTION FRAME [LENGTH-ON-THE-WIRE]
pcap_packet() {
	number 4 "$1"
	number 4 "$2"
	number 4 $((${#3} / 2))
	number 4 "${4-$((${#3} / 2))}"
	printf %s "$3"
}

# pcapng_block TYPE BODY
pcapng_block() {
	local body=$2
	while ((${#body} % 8)); do body+=00; done
	number 4 "$1"
	number 4 $((${#body} / 2 + 12))
	printf %s "$body"
	number 4 $((${#body} / 2 + 12))
}

# pcapng_interface LINK_TYPE [RESOLUTION-IN-HEX]
pcapng_interface() {
	local options=
	[ -z "${2-}" ] || options="$(number 2 9)$(number 2 1)${2}000000$(number 4 0)"
	pcapng_block 1 "$(number 2 "$1")0000$(number 4 0)$options"
}

# pcapng_packet INTERFACE TIME FRAME
pcapng_packet() {
	local size=$((${#3} / 2))
	pcapng_block 6 "$(number 4 "$1")$(number 4 $(($2 >> 32)))$(number 4 $(($2 & 0xffffffff)))$(number 4 $size)$(number 4 $size)$3"
}

pcapng_section() { pcapng_block 168627466 "$(number 4 439041101)$(number 2 1)$(number 2 0)ffffffffffffffff"; }

# put HEX: its bytes become the last exchange
put() { xxd -r -p <<<"$1" >"$INPUT" || fail "packets are taken: ${1:0:80}"; }

# rows [COLUMN...]: of the last exchange, as CSV, with null where there is nothing
rows() {
	awk -F, -v columns="$*" '
		NR == 1 && columns == "" { columns = $0 }
		NR == 1 {
			for (i = 1; i <= NF; i++)
				place[$i] = i
			wanted = split(columns, names, /[ ,]/)
			next
		}
		{
			for (i = 1; i <= wanted; i++)
				printf "%s%s", $place[names[i]] == "" ? "null" : $place[names[i]], \
					i < wanted ? "," : "\n"
		}' "$INPUT.csv"
}
