#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The packets of tests/data/flow through dissect/input, and all of each known answer.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/mounted/captures.bash"
mount_start

# input_for FLAGS [SUFFIX]: the file that takes packets with these flags
input_for() {
	local names=()
	(($1 & 1)) && names+=(parse_1st_frag)
	(($1 & 2)) && names+=(stop_at_flow_label)
	(($1 & 4)) && names+=(stop_at_encap)
	local IFS=,
	echo "$MOUNT/dissect/${names[*]:+flags/${names[*]}/}input${2-}"
}

# packets FLAGS: lines of a frame in hex and its answer; on a slow machine every eighth
packets() {
	awk -F'\t' -v flags="$1" -v each=$((SMALL ? 8 : 1)) \
		'!/^#/ && $2 == flags && n++ % each == 0 { print $4 "\t" $5 }' "$DATA/packets.tsv"
}

# A row as the expected answers of packets.tsv are written.
ANSWER='{ret: .verdict, nhoff, thoff, addr_proto: (.addr_proto // "0x0000"), is_frag, is_first_frag, is_encap, ip_proto,
	n_proto, sport, dport, src: (.src // ""), dst: (.dst // ""), flags, flow_label}'

# shellcheck disable=SC2016 # jq's variables
# A row as the 56 bytes of the kernel's vectors; all their addresses are 0.
KEYS='def hex($n): [range(0; $n) as $i | (. / pow(16; $i) | floor) % 16 | "0123456789abcdef"[.:. + 1]] | reverse | add;
	def swap: [range(length - 2; -1; -2) as $i | .[$i:$i + 2]] | add;
	def little($n): hex($n) | swap;
	def zeroes($n): if test("^(0.0.0.0|::)$") then "0" * $n else error("an address") end;
	[(.nhoff | little(4)), (.thoff | little(4)), (.addr_proto[2:] | swap), (.is_frag, .is_first_frag, .is_encap, .ip_proto | hex(2)),
	.n_proto[2:], (.sport, .dport | hex(4)), (.src, .dst | zeroes(32)), (.flags | little(8)), "000" + .flow_label[2:]] | add'

check_packets() {
	local flags total=0
	mkdir "$SCRATCH/answers"
	for flags in 0 1 2 3 4 5 6 7; do
		packets "$flags" >"$SCRATCH/packets.$flags"
		[ -s "$SCRATCH/packets.$flags" ] || continue
		cut -f 1 "$SCRATCH/packets.$flags" | sed G >"$(input_for "$flags")"
		cat "$(input_for "$flags" .json)" >"$SCRATCH/answers/together.$flags"
		# Many packets at once go another way than a few. One frame is all characters, and taken as text.
		grep -vP '^(30)*\t' "$SCRATCH/packets.$flags" >"$SCRATCH/raw.$flags"
		cut -f 1 "$SCRATCH/raw.$flags" | "$TOOLS/exchanges" "$(input_for "$flags" .json)" \
			>"$SCRATCH/answers/alone.$flags"
	done
	# All of them by one jq, which takes its time to start.
	(cd "$SCRATCH/answers" && jq -r "\"\(input_filename) \($ANSWER | tojson)\"" ./* |
		awk '{ print $2 >($1 ".found") }')
	for flags in 0 1 2 3 4 5 6 7; do
		[ -s "$SCRATCH/packets.$flags" ] || continue
		ok "flags $flags: $(wc -l <"$SCRATCH/packets.$flags") known answers" \
			cmp <(cut -f 2 "$SCRATCH/packets.$flags") "$SCRATCH/answers/together.$flags.found"
		ok "flags $flags: one by one" \
			cmp <(cut -f 2 "$SCRATCH/raw.$flags") "$SCRATCH/answers/alone.$flags.found"
		total=$((total + $(wc -l <"$SCRATCH/packets.$flags")))
	done
	[ -n "$SMALL" ] || same "all of packets.tsv" "$(grep -vc '^#' "$DATA/packets.tsv")" "$total"
}

check_vectors() {
	local name flags frame returned keys
	while IFS=$'\t' read -r name flags frame returned keys; do
		xxd -r -p <<<"$frame" >"$(input_for "$flags")"
		about "$(input_for "$flags" .json)"
		ask "kernel vector $name" "OK $keys $returned" "\"\(.verdict) \($KEYS) 0\""
	done < <(grep -v '^#' "$DATA/kernel_vectors.tsv")
}

check_packets
check_vectors
