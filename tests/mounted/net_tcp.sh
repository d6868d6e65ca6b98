#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# net/tcp, against sockets of which all is known, and ss -i.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_net.sh"

mount_start
make_sockets
ROWS=$SCRATCH/tcp.json

# What was sent last before the window closed may be probed for, before the kernel knows.
for _ in $(seq 500); do
	inside ss -H -t -n -o sport = 2002 | grep -q 'timer:(persist' && break
	sleep 0.02
done
# The persist timer sends again and again to the one that doesn't read.
for _ in 1 2 3 4 5; do
	from_ss -t >"$SCRATCH/expected"
	table tcp >"$ROWS"
	as_ss <"$ROWS" >"$SCRATCH/actual"
	cmp -s "$SCRATCH/expected" "$SCRATCH/actual" && break
done
match "the sockets of ss" "$(cat "$SCRATCH/expected")" "$(cat "$SCRATCH/actual")"
same "those of the reader's namespace alone" "" \
	"$(inside cat "$MOUNT/net/tcp" | awk 'NR > 1 && $6 !~ /^(10[0-9][0-9]|20[0-9][0-9])$/')"

about "$ROWS"
# known NAME LOCAL-PORT REMOTE-PORT FILTER EXPECTED
known() {
	ask "$1" "$5" "select(.local_port == $2 and .remote_port == $3) | $4 | tojson"
}
known "a listener's queue" 1001 null '[.state, .receive_queue, .send_queue]' '["LISTEN",2,7]'
known "bytes not read" 1001 2001 '[.state, .receive_queue, .bytes_received]' \
	'["ESTABLISHED",100,100]'
known "bytes sent" 2001 1001 '[.bytes_sent, .data_segs_out, .unacked, .lost]' '[100,1,0,0]'
known "bytes that can't be sent" 2002 1001 '[.send_queue > 10000, .timer, .timer_ms != null]' \
	'[true,"persist",true]'
known "IPv6, keepalive, congestion control" 2003 1003 \
	'[.family, .local_address, .timer, .timer_ms > 7000000, .timer_ms <= 7200000, .congestion]' \
	'["inet6","::1","keepalive",true,true,"reno"]'
known "bound to an interface" 1003 null '[.interface, .ifindex]' '["lo",1]'
known "IPv4 mapped to IPv6" 1004 2004 '[.family, .local_address, .remote_address]' \
	'["inet6","::ffff:127.0.0.1","::ffff:127.0.0.1"]'
known "TIME_WAIT" 2005 1005 \
	'[.state, .timer, .timer_ms > 1000, .timer_ms <= 60000, .inode, .uid, .rto_ms, .bytes_sent]' \
	'["TIME_WAIT","timewait",true,true,null,null,null,null]'
known "FIN_WAIT2" 2006 1005 '.state' '"FIN_WAIT2"'
known "CLOSE_WAIT" 1005 2006 '.state' '"CLOSE_WAIT"'
known "SYN_SENT" 2007 1007 '[.state, .unacked, .timer, .rtt_us]' \
	'["SYN_SENT",1,"retransmit",null]'
known "SYN_RECV" 1008 2008 '[.state, .remote_address, .mss_bytes, .timer, .inode, .cwnd]' \
	'["SYN_RECV","192.0.2.2",536,"syn_ack",null,null]'

# What ss -i prints of those that are connected and rest; it leaves out what is 0.
details_of_ss() {
	inside ss -H -O -n -t -i -e state connected exclude syn-sent exclude syn-recv \
		exclude time-wait | grep -v ':2002\>' | awk '{
		for (i = 5; i <= NF; i++) {
			if ($i ~ /^(pacing|delivery)_rate$/) {
				rate = $(i + 1)
				sub(/bps/, "", rate)
				$i = $i ":" sprintf("%.0f", rate / 8)
			}
			name = value = $i
			sub(/:.*/, "", name)
			sub(/^[^:]*:/, "", value)
			if (name == "rtt") {
				split(value, times, "/")
				printf "rtt:%d rttvar:%d ", times[1] * 1000 + 0.5, times[2] * 1000 + 0.5
			} else if (name == "minrtt" || name == "rcv_rtt")
				printf "%s:%d ", name, value * 1000 + 0.5
			else if (name == "sk")
				line = value
			else if (name ~ /^(rto|ato|mss|pmtu|rcvmss|advmss|cwnd|ssthresh|bytes_|.*segs_|delivered|snd_wnd|pacing|delivery)/)
				printf "%s ", $i
		}
		print line
	}' | while read -r -a words; do
		printf '%s %s\n' "${words[-1]}" "$(printf '%s\n' "${words[@]:0:${#words[@]}-1}" |
			sort | tr '\n' ' ')"
	done | sort
}
details() {
	jq -r 'select((.state | IN("ESTABLISHED", "FIN_WAIT2", "CLOSE_WAIT")) and
			.local_port != 2002 and .remote_port != 2002)
		| (.cookie | sub("0x0*"; "")) + " " + ([{rto: .rto_ms, ato: .ato_ms, rtt: .rtt_us,
			rttvar: .rttvar_us, minrtt: .minrtt_us, rcv_rtt: .rcv_rtt_us, mss: .mss_bytes,
			pmtu: .pmtu_bytes, rcvmss: .rcvmss_bytes, advmss: .advmss_bytes, cwnd, ssthresh,
			bytes_sent, bytes_retrans, bytes_acked, bytes_received, segs_out, segs_in,
			data_segs_out, data_segs_in, delivered, snd_wnd: .snd_wnd_bytes,
			pacing_rate: .pacing_bytes_per_s, delivery_rate: .delivery_bytes_per_s}
		| to_entries[] | select(.value != null and .value != 0) | "\(.key):\(.value)"]
		| sort | join(" ")) + " "' | sort
}
match "the details of ss -i" "$(details_of_ss)" "$(table tcp | details)"
owners_known
