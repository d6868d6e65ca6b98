#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What dissect/input says to what it can't take: the errno of the call, and words in errors.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/mounted/captures.bash"
mount_start
shopt -s lastpipe # what refused() asks is asked here
HEADER=$(pcap_header 0xa1b2c3d4 1)

# words NAME ERRNO MESSAGE: the last of errors
words() {
	about <(tail -n 1 "$MOUNT/errors.json")
	ask "$1: words" yes "if .error == \"$2\" and .path == \"dissect/input\" and (.message | contains(\"$3\"))
		then \"yes\" else . end"
}

# refused NAME ERRNO ERRNO-WORDS MESSAGE: the bytes of standard input
refused() {
	local actual
	if actual=$(LC_ALL=C cat 2>&1 >"$INPUT"); then actual="exit 0"; fi
	same "$1" "cat: write error: $3" "$actual"
	words "$1" "$2" "$4"
}
refused_hex() { xxd -r -p <<<"$5" | refused "$1" "$2" "$3" "$4"; }

fails "nothing has been written" "No data available" env LC_ALL=C cat "$INPUT"
words "nothing has been written" ENODATA ""

invalid="Invalid argument"
refused_hex "a frame of 13 bytes" EINVAL "$invalid" "13 bytes" 00112233445566778899aabb08
echo hello | refused "a word" EINVAL "$invalid" "line 1: \`hello\`"
printf '%s\n00 0g\n' "$FRAME" | refused "bad hex" EINVAL "$invalid" "line 2: \`0g\`"
echo "00 01 02 03 04 05" | refused "hex of 6 bytes" EINVAL "$invalid" "6 bytes"
refused_hex "half a pcap header" EINVAL "$invalid" "cut short" "${HEADER:0:40}"
refused_hex "pcap of version 3" EINVAL "$invalid" "version 3" "${HEADER:0:8}0300${HEADER:12}"
refused_hex "a pcap record of 16 MiB" EINVAL "$invalid" "broken after packet 1" \
	"$HEADER$(pcap_packet 1 2 "$FRAME")00000000000000000000000100000001"
refused_hex "a pcapng block of 21 bytes" EINVAL "$invalid" "a block of 21 bytes" "$(pcapng_section)0500000015000000$(printf %064d 0)"
head -c 1000000 /dev/zero | refused "1 MB of zeroes" EINVAL "$invalid" "too long for one frame"
refused_hex "link type 105" EPROTONOSUPPORT "Protocol not supported" "link type 105" "$(pcap_header 0xa1b2c3d4 105)"
refused_hex "pcapng of link type 105 alone" EPROTONOSUPPORT "Protocol not supported" "link type 105" \
	"$(pcapng_section)$(pcapng_interface 105)$(pcapng_packet 0 1 "$FRAME")"

# A bash builtin sees what its write returns, not its close.
fails "a line of words, by a builtin" "$invalid" env LC_ALL=C bash -c "echo 'not hex' >$INPUT"

# 838,860 rows fit into 64 MiB.
many_packets() {
	local file=$SCRATCH/many
	pcap_packet 1 2 ffffffffffff0200000000010806 | xxd -r -p >"$file"
	for _ in {1..20}; do cat "$file" "$file" >"$file.more" && mv "$file.more" "$file"; done
	pcap_header 0xa1b2c3d4 1 | xxd -r -p
	cat "$file"
}
many_packets | refused "more than 64 MiB of rows" EFBIG "File too large" "838860 packets"
# 1,025 times one packet of 256 KiB.
many_bytes() {
	{
		printf '%s%s%s%s' "$(number 4 1)" "$(number 4 2)" "$(number 4 262144)" "$(number 4 262144)" | xxd -r -p
		head -c 262144 /dev/zero
	} >"$SCRATCH/packet"
	pcap_header 0xa1b2c3d4 1 | xxd -r -p
	for _ in {1..1025}; do cat "$SCRATCH/packet"; done
}
many_bytes | refused "more than 256 MiB of packets" EFBIG "File too large" "268435456 bytes of packets"

# None of this has become an exchange, and the file still works.
fails "none of it is kept" "No data available" env LC_ALL=C cat "$INPUT"
put "$FRAME"
same "and a good packet is taken" "1,OK" "$(rows frame verdict)"

mount_stop
mount_start -o dissect_limit=1
many_packets | refused "more than 1 MiB of rows" EFBIG "File too large" "13107 packets"
many_bytes | refused "more than 4 MiB of packets" EFBIG "File too large" "4194304 bytes of packets"
