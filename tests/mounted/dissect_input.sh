#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Each form in which packets can be written to dissect/input.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/mounted/captures.bash"
mount_start
LITTLE=0xa1b2c3d4
NANO=0xa1b23c4d
ROW=1,null,82,false,OK,14,34,0x0800,0,0,0,6,tcp,0x0800,0.0.0.0,0.0.0.0,20480,36895,0x00000,0,null

check_text() {
	local form
	put "$FRAME"
	about "$INPUT.json"
	ask "a raw frame" "$ROW" 'map(tostring) | join(",")'
	same "a raw frame, as text" 2 "$(wc -l <"$INPUT")"
	same "a raw frame, as CSV" "1,,82,false,OK,14,34,0x0800,0,0,0,6,tcp,0x0800,0.0.0.0,0.0.0.0,20480,36895,0x00000,0," \
		"$(tail -n +2 "$INPUT.csv")"
	for form in "xxd" "xxd -p" "xxd -g 1" "hexdump -C" "hexdump -Cv" "od -Ax -tx1"; do
		xxd -r -p <<<"$FRAME" | $form >"$INPUT"
		same "$form" "$ROW" "$(rows)"
	done
	printf '%s' "$FRAME" >"$INPUT"
	same "hex without a newline" "$ROW" "$(rows)"
	fold -w 2 <<<"$FRAME" | sed 's/.*/0x&,/' >"$INPUT"
	same "hex as C has it" "$ROW" "$(rows)"
	printf '%s\n\n%s\n\n\n%s\n' "$FRAME" "$FRAME6" "$FRAME" >"$INPUT"
	same "three packets with blank lines between" "1,0x0800 2,0x86dd 3,0x0800" "$(rows frame addr_proto | xargs)"
}

# The same packets at the same times in both byte orders and units.
check_pcap() {
	local times="1,2023-11-14T22:13:20.123456Z,82 2,2023-11-14T22:13:21.000001Z,1500"
	for ORDER in little big; do
		put "$(pcap_header $LITTLE 1)$(pcap_packet 1700000000 123456 "$FRAME")$(pcap_packet 1700000001 1 "$FRAME6" 1500)"
		same "pcap, $ORDER-endian" "$times" "$(rows frame time length | xargs)"
		put "$(pcap_header $NANO 1)$(pcap_packet 1700000000 123456 "$FRAME")"
		same "pcap, $ORDER-endian, nanoseconds" 2023-11-14T22:13:20.000123456Z "$(rows time)"
		put "$(pcap_header $LITTLE 1)"
		same "pcap without packets, $ORDER-endian" "" "$(rows)"
	done
	ORDER=little
	put "$(pcap_header $LITTLE 1)"
	same "a table without rows is its header" 1 "$(wc -l <"$INPUT")"
}

check_pcapng() {
	local packets="1,2023-11-14T22:13:20.123456Z,0x0800 2,2023-11-14T22:13:20.123456789Z,0x86dd 3,null,0x0800"
	for ORDER in little big; do
		put "$(
			pcapng_section
			pcapng_block 2989 00112233
			pcapng_interface 1
			pcapng_interface 101 09
			pcapng_packet 0 1700000000123456 "$FRAME"
			pcapng_packet 1 1700000000123456789 "${FRAME6:28}"
			pcapng_block 5 "$(number 4 0)$(number 4 0)$(number 4 0)"
			pcapng_block 3 "$(number 4 $((${#FRAME} / 2)))$FRAME"
		)"
		same "pcapng, $ORDER-endian" "$packets" "$(rows frame time n_proto | xargs)"
	done
	ORDER=little
}

check_link_types() {
	local ip=${FRAME:28} link_type
	declare -A before=([101]="" [0]=02000000 [108]=00000002 [228]="" [113]=00000001000600112233445500000800
		[276]=0800000000000001000100060011223344550000 [9]=0021 [104]=0f000800)
	for link_type in "${!before[@]}"; do
		put "$(pcap_header $LITTLE "$link_type")$(pcap_packet 1 2 "${before[$link_type]}$ip")"
		same "link type $link_type" "82,OK,14,34,tcp,20480,null" "$(rows length verdict nhoff thoff protocol sport error)"
	done
}

check_tcpdump() {
	pcap_header $LITTLE 1 | xxd -r -p >"$SCRATCH/capture"
	{ pcap_packet 1 2 "$FRAME" && pcap_packet 1 3 "$FRAME6"; } | xxd -r -p >>"$SCRATCH/capture"
	for options in -xx -XX "-xx -v" "-xx -t" "-xx -tttt"; do
		# shellcheck disable=SC2086 # two options
		tcpdump -n $options -r "$SCRATCH/capture" 2>/dev/null >"$INPUT"
		same "tcpdump $options" "1,0x0800,20480 2,0x86dd,20480" "$(rows frame addr_proto sport | xargs)"
	done
}

# A capture's bad packets are rows that say so.
check_bad_packets() {
	local long whole size packets
	printf -v long '%s%0*d' "$FRAME" $((2 * 9000 - ${#FRAME})) 0
	put "$(pcap_header $LITTLE 1)$(pcap_packet 1 2 "$long")$(pcap_packet 1 2 00112233)$(pcap_packet 1 2 "$FRAME")"
	same "a long frame, a short one and another" "9000,true,OK,null 4,false,null,frame_under_14_bytes 82,false,OK,null" \
		"$(rows length truncated verdict error | xargs)"
	whole=$(pcap_header $LITTLE 1)$(pcap_packet 1 2 "$FRAME")$(pcap_packet 1 3 "$FRAME6")
	for size in 24 25 40 121 122 123 138 "$((${#whole} / 2 - 1))"; do
		packets=$(((size - 24) / 98))
		xxd -r -p <<<"$whole" | head -c "$size" >"$INPUT"
		same "a pcap cut at $size bytes" "$packets $(((size - 24) % 98 != 0))" \
			"$(rows error | awk '/null/ { n++ } /capture_ends_in_this_packet/ { cut++ } END { print n + 0, cut + 0 }')"
	done
}

# Writes of any size make the same rows; what a reader sees does not depend on it either.
check_pieces() {
	local size
	{
		pcap_header $LITTLE 1
		awk -F'\t' '!/^#/ && $2 == 0 { print $4 }' "$DATA/packets.tsv" | head -n 100 |
			while read -r frame; do pcap_packet 1 2 "$frame"; done
	} | xxd -r -p >"$SCRATCH/capture"
	cat "$SCRATCH/capture" >"$INPUT"
	cp "$INPUT.json" "$SCRATCH/expected"
	same "100 packets at once" 100 "$(wc -l <"$SCRATCH/expected")"
	for size in 1 7 100; do
		dd if="$SCRATCH/capture" of="$INPUT" bs=$size status=none
		ok "100 packets in writes of $size bytes" cmp "$SCRATCH/expected" "$INPUT.json"
	done
}

check_text
check_pcap
check_pcapng
check_link_types
check_tcpdump
check_bad_packets
check_pieces
