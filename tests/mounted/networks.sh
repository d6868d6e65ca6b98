#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# net/ is the network namespace of its reader; netns/ holds the others.
. "$(dirname "$0")/lib.sh"

name=bpfview-test-$$
holder=
keepers=()
cleanup() {
	[ -z "$holder" ] || kill "$holder" 2>/dev/null
	[ ${#keepers[@]} -eq 0 ] || kill "${keepers[@]}" 2>/dev/null
	[ ${#keepers[@]} -eq 0 ] || wait "${keepers[@]}" 2>/dev/null
	ip netns del "$name" 2>/dev/null
}

mount_start
ls -lR "$MOUNT/netns" "$MOUNT/netns/4026999999" >/dev/null
same "names run no iterator" "" "$(jq -r 'select(.state == "loaded").name' "$MOUNT/status.json")"
if [ ! -e "$MOUNT/net/udp" ]; then
	skip "network namespaces" "this kernel has no iterator of UDP sockets"
	exit
fi
ip netns add "$name"
ip -n "$name" link set lo up
# A UDP socket in the scratch namespace, held for the time of the test.
# shellcheck disable=SC2016 # expanded in there
ip netns exec "$name" bash -c 'exec 3<>/dev/udp/127.0.0.1/4242; echo >"$0"; exec sleep 600' \
	"$SCRATCH/ready" &
holder=$!
for _ in $(seq 100); do
	[ ! -e "$SCRATCH/ready" ] || break
	sleep 0.05
done
inode=$(readlink "/proc/$holder/ns/net" | tr -dc 0-9)

# sockets PATH [COMMAND...]: how many sockets to port 4242 a reader finds there
sockets() {
	local path=$1
	shift
	"$@" cat "$path" | jq -s '[.[] | select(.remote_port == 4242)] | length'
}

same "net/udp read in the namespace has its socket" 1 \
	"$(sockets "$MOUNT/net/udp.json" nsenter --net="/run/netns/$name")"
same "net/udp read elsewhere has not" 0 "$(sockets "$MOUNT/net/udp.json")"
same "netns/NAME has it for all readers" 1 "$(sockets "$MOUNT/netns/$name/udp.json")"
same "netns/INODE has it too" 1 "$(sockets "$MOUNT/netns/$inode/udp.json")"
same "netns lists the name" "$name" "$(find "$MOUNT/netns" -mindepth 1 -name "$name" -prune -printf %f)"
same "a namespace lists what net lists" "$(ls "$MOUNT/net")" "$(ls "$MOUNT/netns/$name")"
same "the inode is what tasks prints" "$inode" \
	"$(jq "select(.pid == $holder).net_ns" "$MOUNT/tasks.json")"
fails "no such namespace" "No such file" cat "$MOUNT/netns/$name-none/udp"
fails "no such inode" "No such file" cat "$MOUNT/netns/4294967294/udp"
fails "no way out of the folder" "No such file" cat "$MOUNT/netns/..$name/udp"

fails "a number that is too small" "No such file" stat "$MOUNT/netns/4242"
fails "a number in another form" "No such file" stat "$MOUNT/netns/0$inode"
fails "a namespace of another kind" "No such file" \
	cat "$MOUNT/netns/$(readlink /proc/self/ns/mnt | tr -dc 0-9)/udp"
same "no such inode, in words" "no network namespace has the number 4294967294" \
	"$(jq -r 'select(.path | test("4294967294")).message' "$MOUNT/errors.json" | tail -n 1)"

# keep KEEPER [FILE]: a namespace that is there by that alone; sets number
mkfifo "$SCRATCH/hold" "$SCRATCH/made"
exec {hold}<>"$SCRATCH/hold"
keep() {
	address=fd00::$((${#keepers[@]} + 1))
	"$TOOLS/known_network" "$1" "ip link set lo up && ip address add $address/128 dev lo" "${@:2}" \
		<"$SCRATCH/hold" >"$SCRATCH/made" {hold}>&- &
	keepers+=($!)
	number=$(cat "$SCRATCH/made")
}
# found: how many routes to the namespace's own address are found there
found() {
	jq -r 'select(.table == "local").destination' "$MOUNT/netns/$number/route6.json" | grep -cx "$address"
}
# printed TABLE: the namespaces that it has for the last keeper
printed() { jq "select(.pid == ${keepers[-1]}).net_ns" "$MOUNT/$1.json" | sort -u | paste -sd " "; }
touch "$SCRATCH/mounted here"
if [ -e "$MOUNT/net/route6" ]; then
	for keeper in thread socket descriptor; do
		keep $keeper
		same "a namespace that a $keeper alone keeps" 1 "$(found)"
		case $keeper in
		thread) same "threads prints it" "$(printed tasks) $number" "$(printed threads)" ;;
		socket) same "sockets prints it" "$number" "$(printed sockets)" ;;
		esac
	done
	keep mount "$SCRATCH/mounted here"
	same "a namespace that a mount elsewhere alone keeps" 1 "$(found)"
	keep mount "$MOUNT/errors"
	ok "a mount on a file of bpfview's" grep -qF "net:[$number]" "/proc/${keepers[-1]}/mountinfo"
	fails "it is not gone to" "No such file" \
		timeout 20 cat "$MOUNT/netns/$number/route6"
	kill "${keepers[@]}"
	wait "${keepers[@]}" 2>/dev/null
	keepers=()
	fails "a namespace that nothing keeps any more" "No such file" \
		cat "$MOUNT/netns/$number/route6"
else
	skip "namespaces without a process" "this kernel has no iterator of IPv6 routes"
fi

# Readers of two namespaces at once, many times, on the same workers.
wrong=0
for _ in $(seq 40); do
	nsenter --net="/run/netns/$name" cat "$MOUNT/net/udp.json" >"$SCRATCH/inside" &
	cat "$MOUNT/net/udp.json" >"$SCRATCH/outside"
	wait $!
	[ "$(grep -c '"remote_port":4242,' "$SCRATCH/inside")" -eq 1 ] || wrong=$((wrong + 1))
	[ "$(grep -c '"remote_port":4242,' "$SCRATCH/outside")" -eq 0 ] || wrong=$((wrong + 1))
done
same "readers of two namespaces at once see their own" 0 "$wrong"

kill "$holder"
wait "$holder" 2>/dev/null
holder=
ip netns del "$name"
fails "a namespace that is gone" "No such file" cat "$MOUNT/netns/$name/udp"
