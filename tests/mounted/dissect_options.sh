#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What the dissector looks into with options: known packets, wrong ones, and cut at every length.
. "$(dirname "$0")/lib.sh"
mount_start

ethernet() { printf '020000000002020000000001%s' "$1"; }
# ipv4 PROTOCOL FIRST: from 10.FIRST.0.1 to 10.FIRST.0.2
ipv4() { printf '450000000000000040%02x00000a%02x00010a%02x0002' "$1" "$2" "$2"; }
# ipv6 NEXT: from fd00::1 to fd00::2
ipv6() { printf '600000000000%02x40fd%028d01fd%028d02' "$1" 0 0; }
# udp SOURCE DESTINATION
udp() { printf '%04x%04x00000000' "$1" "$2"; }

INNER=$(ipv4 17 9)$(udp 1111 2222)
INNER6=$(ipv6 6)$(udp 3333 4444)
FRAME=$(ethernet 0800)$INNER
# on PORT PAYLOAD: on UDP, from the outer addresses
on() { echo "$(ethernet 0800)$(ipv4 17 1)$(udp 4000 "$1")$2"; }
# gre FLAGS PROTOCOL PAYLOAD
gre() { echo "$(ethernet 0800)$(ipv4 47 1)$1$2$3"; }

VXLAN=$(on 4789 0800000000002a00)
GENEVE=0000655800002a00
GTP=30ff000000000001

input() { echo "$MOUNT/dissect/${1:+flags/$1/}input"; }
# answers OPTIONS: of frames, a line each; the row without what tells nothing here
answers() {
	sed G >"$(input "$1")"
	jq -c '[.length, .verdict, .nhoff, .thoff, .is_encap, .ip_proto, .n_proto, .src, .sport, .dport]' \
		"$(input "$1").json"
}
# cuts FRAME: it, at every length
cuts() {
	local length
	for ((length = 14; length <= ${#1} / 2; length++)); do echo "${1:0:2 * length}"; done
}

# into NAME OPTION FRAME THOFF [N_PROTO IP_PROTO SRC SPORT DPORT]: what is in it is taken with the option and
# not without; cut too short for that, the answer is that without it
into() {
	local name=$1 option=$2 frame=$3 thoff=$4
	local n_proto=${5:-0x0800} ip_proto=${6:-17} src=${7:-10.9.0.1} sport=${8:-1111} dport=${9:-2222}
	cuts "$frame" >"$SCRATCH/frames"
	answers "" <"$SCRATCH/frames" >"$SCRATCH/plain"
	answers "$option" <"$SCRATCH/frames" >"$SCRATCH/looked"
	same "$name: is taken" "[\"OK\",$thoff,1,$ip_proto,\"$n_proto\",\"$src\",$sport,$dport]" \
		"$(tail -n 1 "$SCRATCH/looked" | jq -c '[.[1], .[3], .[4], .[5], .[6], .[7], .[8], .[9]]')"
	same "$name: cut at every length" "" "$(paste "$SCRATCH/plain" "$SCRATCH/looked" |
		awk -F '\t' -v whole="$thoff" -v src="\"$src\"" -v sport="$sport" '{
			split($2, row, ",")
			length_of = substr(row[1], 2) + 0
			if (length_of < whole ? $1 != $2 : row[8] != src || row[9] != (length_of < whole + 4 ? 0 : sport))
				print
		}')"
	same "$name: with all options" "$(cat "$SCRATCH/looked")" "$(answers beyond <"$SCRATCH/frames")"
	same "$name: with the others alone" "$(cat "$SCRATCH/plain")" \
		"$(answers "$(others "$option")" <"$SCRATCH/frames")"
}
others() { printf '%s\n' vxlan geneve gtp gue erspan nsh vlan_9100 | grep -vx "$1" | paste -sd ,; }

# stays NAME FRAME: nothing is taken
stays() { same "$1: is not taken" "$(answers "" <<<"$2")" "$(answers beyond <<<"$2")"; }

into "VXLAN" vxlan "$VXLAN$FRAME" 84
into "VXLAN, IPv6 in it" vxlan "$VXLAN$(ethernet 86dd)$INNER6" 104 0x86dd 6 fd00::1 3333 4444
into "VXLAN, a tag in it" vxlan "$VXLAN$(ethernet 8100)00050800$INNER" 88
stays "VXLAN without a network" "$(on 4789 0000000000002a00)$FRAME"
stays "VXLAN with something unknown in it" "$VXLAN$(ethernet 1234)$INNER"
into "Geneve" geneve "$(on 6081 "$GENEVE")$FRAME" 84
into "Geneve with options" geneve "$(on 6081 "02${GENEVE:2}0102030405060708")$FRAME" 92
into "Geneve without Ethernet" geneve "$(on 6081 0000080000002a00)$INNER" 70
stays "Geneve of version 1" "$(on 6081 "40${GENEVE:2}")$FRAME"
stays "Geneve's control packet" "$(on 6081 "0080${GENEVE:4}")$FRAME"
into "GTP" gtp "$(on 2152 "$GTP")$INNER" 70
into "GTP, IPv6 in it" gtp "$(on 2152 "$GTP")$INNER6" 90 0x86dd 6 fd00::1 3333 4444
into "GTP with a sequence number" gtp "$(on 2152 "32${GTP:2}00010000")$INNER" 74
into "GTP with two extensions" gtp "$(on 2152 "34${GTP:2}000000850100008502$(printf %012d 0)00")$INNER" 86
stays "GTP with an extension of no size" "$(on 2152 "34${GTP:2}000000850000000000000000")$INNER"
stays "GTP's echo request" "$(on 2152 3001000000000001)$INNER"
stays "GTP with no IP in it" "$(on 2152 "$GTP")$(ethernet 0800)"
into "GUE" gue "$(on 6080 00040000)$INNER" 66
into "GUE with fields" gue "$(on 6080 02040000deadbeefdeadbeef)$INNER" 74
into "GUE without a header" gue "$(on 6080 "")$INNER" 62
stays "GUE's control message" "$(on 6080 20040000)$INNER"
into "ERSPAN I" erspan "$(gre 0000 88be "")$FRAME" 72
into "ERSPAN II" erspan "$(gre 1000 88be 000000011000000000000000)$FRAME" 84
into "ERSPAN III" erspan "$(gre 1000 22eb 00000001200000000000000000000000)$FRAME" 88
into "ERSPAN III with more" erspan "$(gre 1000 22eb 000000012000000000000000000000010000000000000000)$FRAME" 96
into "NSH" nsh "$(ethernet 894f)0002020100000105$INNER" 42
into "NSH, Ethernet in it" nsh "$(ethernet 894f)0006010300000105$(printf %032d 0)$FRAME" 72
into "NSH in NSH" nsh "$(ethernet 894f)00020204000001050002020100000105$INNER" 50
stays "NSH's control packet" "$(ethernet 894f)2002020100000105$INNER"
stays "NSH of one word" "$(ethernet 894f)0001020100000105$INNER"

# Tags are no tunnels, and there is nothing outside of them.
for type in 9100 9200; do
	frame=$(ethernet $type)0005810000060800$INNER
	same "$type: not known" '[50,"DROP",14,14,0,0,"0x'$type'",null,0,0]' "$(answers "" <<<"$frame")"
	same "$type: passed" '[50,"OK",22,42,0,17,"0x0800","10.9.0.1",1111,2222]' "$(answers vlan_9100 <<<"$frame")"
done

nested=$VXLAN$(ethernet 0800)$(ipv4 17 5)$(udp 5000 6081)$GENEVE
same "Geneve in VXLAN" '[142,"OK",14,134,1,17,"0x0800","10.9.0.1",1111,2222]' "$(answers beyond <<<"$nested$FRAME")"
same "Geneve in VXLAN: broken inside" '[114,"OK",14,84,1,17,"0x0800","10.5.0.1",5000,6081]' \
	"$(answers beyond <<<"$nested$(ethernet 1234)")"
same "stop at the outer" '[92,"OK",14,34,1,17,"0x0800","10.1.0.1",4000,4789]' \
	"$(answers vxlan,stop_at_encap <<<"$VXLAN$FRAME")"
same "stop at the outer, where that is not known" '[50,"OK",14,14,1,0,"0x894f",null,0,0]' \
	"$(answers nsh,stop_at_encap <<<"$(ethernet 894f)0002020100000105$INNER")"

same "options in any order are one set" "$(stat -c %i "$(input vxlan,parse_1st_frag)")" \
	"$(stat -c %i "$(input parse_1st_frag,vxlan)")"
same "all of them are beyond" "$(stat -c %i "$(input beyond)")" \
	"$(stat -c %i "$(input nsh,vlan_9100,erspan,gue,gtp,geneve,vxlan)")"
same "they are listed together alone" "8 beyond" "$(find "$MOUNT/dissect/flags" -mindepth 1 -maxdepth 1 -printf '%f\n' |
	awk '/beyond/ { name = $0 } END { print NR, name }')"
for wrong in "" "," "vxlan," ",vxlan" "vxlan,,gue" VXLAN vxlan.json; do
	fails "no set is called '$wrong'" "No such file" stat "$MOUNT/dissect/flags/$wrong/input"
done
