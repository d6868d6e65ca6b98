#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# 20,000 sockets of a kind and more, while others of it come and go: each has one row, in net/, in
# netns/ and in sockets. The kernel stops whenever its buffer is full, after a few hundred of them.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_worlds.sh"

# expected KIND COUNT PID...: what tools/many_sockets says that it makes: a line for each socket, of
# its address, its peer's, and its process
expected() {
	awk -v kind="$1" -v count="$2" -v pids="${*:3}" 'BEGIN {
		split(pids, pid, " ")
		for (i = 0; i < count; i++) {
			port = 10000 + (kind == "tcp" ? int(i / 2) : i) % 50000
			share = int(i / 10000)
			near = "127.0.1.1:" port
			far = "127.0.0.1:" 1000 + share
			if (kind == "unix") print "@many_" i, "-", pid[share + 1]
			else if (kind == "udp") print near, "-", pid[share + 1]
			else if (kind == "port") print "127.0.0.1:9999", near, pid[share + 1]
			else print i % 2 ? far " " near : near " " far, pid[share + 1]
		}
	}'
}
# actual [INODE]: the same of a table, of what was not made to go; of a namespace alone
actual() {
	awk -v namespace="${1-}" '
		NR == 1 {
			for (i = 1; i <= NF; i++) column[$i] = i
			next
		}
		function cell(name) { return name in column ? $column[name] : "-" }
		function address(end) {
			return cell(end "_PORT") == "-" ? "-" : cell(end "_ADDRESS") ":" cell(end "_PORT")
		}
		namespace != "" && cell("NET_NS") != namespace { next }
		cell("PATH") ~ /^@many_/ { print cell("PATH"), "-", cell("PID") }
		cell("LOCAL_ADDRESS") == "127.0.1.1" || cell("REMOTE_ADDRESS") == "127.0.1.1" {
			print address("LOCAL"), address("REMOTE"), cell("PID")
		}'
}

mount_start
for kind in "tcp 20000" "udp 20000" "unix 40000"; do
	count=$(count_of "${kind#* }")
	kind=${kind% *}
	world many_sockets "$kind" "$count" churn
	read -r -a words <<<"$WORLD"
	expected "$kind" "$count" "${words[@]:1}" >"$SCRATCH/expected"
	for _ in 1 2 3; do
		nsenter --net="/proc/$PID/ns/net" cat "$MOUNT/net/$kind" | actual >"$SCRATCH/actual"
		once "$count in net/$kind" "$SCRATCH/expected" "$SCRATCH/actual"
	done
	actual <"$MOUNT/netns/${words[0]}/$kind" >"$SCRATCH/actual"
	once "$count in netns/INODE/$kind" "$SCRATCH/expected" "$SCRATCH/actual"
	actual "${words[0]}" <"$MOUNT/sockets" >"$SCRATCH/actual"
	once "$count of $kind in sockets" "$SCRATCH/expected" "$SCRATCH/actual"
	unmake "$PID"
done

# Of one port, as a server of QUIC has them: they all have the same hash.
count=$(count_of 10000)
world many_sockets port "$count"
read -r -a words <<<"$WORLD"
expected port "$count" "${words[@]:1}" >"$SCRATCH/expected"
actual <"$MOUNT/netns/${words[0]}/udp" >"$SCRATCH/actual"
once "$count of one port in netns/INODE/udp" "$SCRATCH/expected" "$SCRATCH/actual"
