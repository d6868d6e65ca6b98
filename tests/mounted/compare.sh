#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# dissect/compare/<first>,<second>/input: what would change, and nothing else.
. "$(dirname "$0")/lib.sh"
mount_start -o load
COMPARE=$MOUNT/dissect/compare
TOY=02000000000202000000000188b5010203040a0000010a000002
UDP=02000000000202000000000108004500001c0000400040110000c0000201c6336407303900350008c0de
cp "$TOOLS/toy.bpf.o" "$TOOLS/toy_parts.bpf.o" "$MOUNT/load" || exit

# differences PAIR FRAME...: a line each
differences() {
	exec 3<>"$COMPARE/$1/input.csv"
	printf '%s\n\n' "${@:2}" >&3
	tail -n +2 <&3 | cut -d , -f 1,4-
	exec 3>&-
}

same "each object is listed beside the built-in one" "builtin,toy builtin,toy_parts" \
	"$(find "$COMPARE" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | xargs)"
same "a dissector is as itself" "" "$(differences toy,toy "$TOY" "$UDP")"
same "the built-in one is as itself" "" "$(differences builtin,builtin "$TOY" "$UDP")"
same "what is left to the kernel is as the kernel has it" "" "$(differences builtin,toy "$UDP")"
same "a row for each field" "2,verdict,DROP,OK
2,thoff,14,26
2,addr_proto,,0x0800
2,protocol,,ip
2,src,,10.0.0.1
2,dst,,10.0.0.2
2,sport,0,258
2,dport,0,772" "$(differences builtin,toy "$UDP" "$TOY" "$UDP")"
same "the other way round" "2,verdict,OK,DROP" "$(differences toy,builtin "$UDP" "$TOY" | head -n 1)"
same "two of one's own" "1,thoff 1,addr_proto 1,protocol 1,src 1,dst 2,verdict 2,thoff" \
	"$(differences toy,toy_parts "$TOY" "$UDP" | cut -d , -f 1,2 | head -n 7 | xargs)"
printf '%s\n\n' "$UDP" "$TOY" >"$COMPARE/builtin,toy/input"
same "a new open has the last result" "FRAME TIME LENGTH FIELD FIRST SECOND" \
	"$(head -n 1 "$COMPARE/builtin,toy/input" | xargs)"
same "as JSON" '{"frame":2,"time":null,"length":26,"field":"verdict","first":"DROP","second":"OK"}' \
	"$(head -n 1 "$COMPARE/builtin,toy/input.json")"
awk -F '\t' '!/^#/ && !seen[$4]++ { print $4 "\n" }' "$TOP/tests/data/flow/packets.tsv" |
	head -n $((2 * $(count_of 1000))) >"$SCRATCH/frames"
cat "$SCRATCH/frames" >"$COMPARE/builtin,toy/input"
same "$(count_of 1000) packets of others are left alone" 1 "$(wc -l <"$COMPARE/builtin,toy/input")"
cat "$SCRATCH/frames" >"$COMPARE/builtin,toy_parts/input"
ok "and are not where they are dropped" test "$(wc -l <"$COMPARE/builtin,toy_parts/input")" -gt "$(count_of 1000)"
same "each of those in its order" "" "$(jq .frame "$COMPARE/builtin,toy_parts/input.json" | sort -nc 2>&1)"
for pair in toy "toy," ,toy toy,none none,toy toy,toy,toy toy,toy.json; do
	fails "no pair is $pair" "No such file" stat "$COMPARE/$pair/input"
done
exec 3<>"$COMPARE/builtin,toy/input.csv"
rm "$MOUNT/load/toy.bpf.o"
echo "$TOY" >&3
same "who has it open goes on when an object goes" 8 "$(tail -n +2 <&3 | wc -l)"
exec 3>&-
fails "and others find it no more" "No such file" cat "$COMPARE/builtin,toy/input"
