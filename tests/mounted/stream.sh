#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# stream: a capture without an end through one descriptor, rows while packets come.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/mounted/captures.bash"
mount_start -o load,dissect_limit=1
STREAM=$MOUNT/dissect/stream

# send HEX: the next bytes of the capture
send() { xxd -r -p <<<"$1" >&3; }
fresh() { jq -r '"\(.frame) \(.length) \(.error)"' <&3; }

ORDER=little
exec 3<>"$STREAM.json"
same "nothing before the first byte" "" "$(cat <&3)"
send "$(pcap_header 0xa1b2c3d4 1)"
same "nothing before a packet" "" "$(cat <&3)"
packet=$(pcap_packet 1700000000 123456 "$FRAME")
send "$packet${packet:0:60}"
same "what is whole" "1 82 null" "$(fresh)"
same "is given once" "" "$(cat <&3)"
send "${packet:60}$packet"
same "and the rest of a packet makes it whole" "2 82 null
3 82 null" "$(fresh)"
send "$packet"
same "in parts of a line" '{"frame":4,' "$(dd bs=11 count=1 status=none <&3)"
send "$packet"
same "the rest before what is new" '"time":"' "$(head -c 8 <&3)"
same "and then that" 5 "$(tail -n 1 <&3 | jq .frame)"
send ffff
fails "a capture that is broken" "Invalid" send "$(printf 'ff%.0s' {1..40})"
exec 3>&-

exec 3<>"$STREAM"
send "$(pcap_header 0xa1b2c3d4 1)$packet"
same "as text, the header once" "FRAME 1" "$(cut -c 1-5 <&3 | xargs)"
send "$packet"
same "and no more of it" "2" "$(cut -c 1-5 <&3 | xargs)"
exec 3>&-

# More than any exchange may hold: 15 MiB of packets, where 4 are the limit, and 150,000 rows for 13,107.
count=150000
{
	xxd -r -p <<<"$(pcap_header 0xa1b2c3d4 1)"
	xxd -r -p <<<"$packet" >"$SCRATCH/packet"
	for ((i = 0; i < 1000; i++)); do cat "$SCRATCH/packet"; done >"$SCRATCH/packets"
	for ((i = 0; i < count / 1000; i++)); do cat "$SCRATCH/packets"; done
} >"$SCRATCH/capture"
fails "it is too much for one exchange" "File too large" cp "$SCRATCH/capture" "$MOUNT/dissect/input"
# The function of README, by a shell.
# shellcheck disable=SC2016 # it expands them
streamed() {
	"$@" -c 'exec 3<>"$0"
		until dd bs=1M count=1 2>&1 >&3 | grep -q "^0+0"; do cat <&3; done' "$STREAM.csv" <"$SCRATCH/capture"
}
memory_of() { sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$DAEMON/status"; }
before=$(memory_of)
streamed bash >"$SCRATCH/rows"
same "all rows" "$count $count" "$(tail -n +2 "$SCRATCH/rows" | wc -l) $(tail -n 1 "$SCRATCH/rows" | cut -d , -f 1)"
[ -n "$SANITIZE" ] || ok "in bounded memory" [ $(($(memory_of) - before)) -lt 20000 ]
same "with busybox" "$(md5sum <"$SCRATCH/rows")" "$(streamed busybox sh | md5sum)"
exec 3<>"$STREAM"
fails "rows that nobody reads have a limit" "File too large" dd if="$SCRATCH/capture" bs=1M status=none of=/dev/fd/3
exec 3>&-

fails "alone it can't be read" "Invalid" cat "$STREAM"
cp "$TOOLS/toy.bpf.o" "$MOUNT/load"
exec 3<>"$MOUNT/dissect/toy/stream.json"
printf '%s\n\n' 02000000000202000000000188b5010203040a0000010a000002 >&3
same "of a loaded dissector, in hex" 10.0.0.1 "$(jq -r .src <&3)"
exec 3<>"$MOUNT/dissect/flags/stop_at_encap/stream.json"
printf '%s\n\n' "$FRAME" >&3
same "with flags" 4 "$(jq -r .flags <&3)"
exec 3>&-
