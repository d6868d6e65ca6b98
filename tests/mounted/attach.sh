#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# dissect/<object>/attach/: what a dissector does to the packets of a namespace, who may attach one,
# and when it is gone.
. "$(dirname "$0")/lib.sh"
mount_start -o load,allow_other,mode=644
BLUE=bpfview-blue-$$
RED=bpfview-red-$$
holder=

cleanup() {
	[ -z "$holder" ] || kill -KILL "$holder"
	ip netns del "$BLUE" 2>/dev/null
	ip netns del "$RED" 2>/dev/null
}
ip netns add "$BLUE" && ip netns add "$RED"
cp "$TOOLS/toy.bpf.o" "$MOUNT/load" || exit
TOY=$MOUNT/dissect/toy/attach
BUILTIN=$MOUNT/dissect/builtin/attach

inside() { nsenter --net="/run/netns/$BLUE" "$@"; }
# attach FOLDER TARGET [NAME]
attach() { ln -s "$2" "$1/${3:-$(basename "$2")}"; }
# names FOLDER: in it
names() { find "$1" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | xargs; }
# program NAMESPACE: what dissects there
program() { jq -r .name "$MOUNT/netns/$1/dissector.json"; }
# link_id NAMESPACE
link_id() { jq -r .link_id "$MOUNT/netns/$1/dissector.json"; }
# words: of the last failure
words() { tail -n 1 "$MOUNT/errors.json" | jq -r '"\(.error),\(.message)"'; }
# refused NAME ERROR WORDS FOLDER TARGET [NAME]: with ERROR, and WORDS in errors
refused() {
	fails "$1: is refused" "$2" attach "${@:4}"
	same "$1: words" "$3" "$(words)"
}

check_names() {
	same "nothing is attached at first" "" "$(names "$TOY")"
	ok "ln attaches" attach "$TOY" "/run/netns/$BLUE"
	same "to that namespace" "toy" "$(program "$BLUE")"
	same "and no other" "" "$(program "$RED")"
	same "ls lists it" "$BLUE" "$(names "$TOY")"
	same "with where it is attached" "/run/netns/$BLUE" "$(readlink "$TOY/$BLUE")"
	same "as a link" "symbolic link" "$(stat -c %F "$TOY/$BLUE")"
	same "stats counts it" 1 "$(jq .attached "$MOUNT/dissect/toy/stats.json")"
	same "stats knows the program" "$(jq .prog_id "$MOUNT/netns/$BLUE/dissector.json")" \
		"$(jq .prog_id "$MOUNT/dissect/toy/stats.json")"
	fails "a name is given once" "File exists" attach "$TOY" "/run/netns/$RED" "$BLUE"
	refused "a namespace that has one" "busy" \
		"EBUSY,the network namespace has a dissector already, program $(jq .prog_id "$MOUNT/netns/$BLUE/dissector.json")" \
		"$BUILTIN" "/run/netns/$BLUE"
	ok "the built-in one" attach "$BUILTIN" "/run/netns/$RED" another
	same "it is another program" dissect_live "$(program "$RED")"
	fails "an object that is attached is not removed" "busy" rm "$MOUNT/load/toy.bpf.o"
	fails "nor replaced by one without a dissector" "busy" cp "$TOOLS/own.bpf.o" "$MOUNT/load/toy.bpf.o"
	same "its log" "failed: EBUSY: toy is attached, and the new object has no dissector" \
		"$(head -n 1 "$MOUNT/load/toy.log")"
	ok "but renamed" mv "$MOUNT/load/toy.bpf.o" "$MOUNT/load/play.bpf.o"
	same "with what is attached" "$BLUE" "$(names "$MOUNT/dissect/play/attach")"
	mv "$MOUNT/load/play.bpf.o" "$MOUNT/load/toy.bpf.o"
	ok "rm detaches" rm "$TOY/$BLUE" "$BUILTIN/another"
	same "it is gone" "  " "$(names "$TOY") $(program "$BLUE") $(program "$RED")"
}

check_targets() {
	mkfifo "$SCRATCH/fifo"
	for target in run/netns/x "../$BLUE"; do
		fails "not from the root: $target" "Invalid argument" attach "$TOY" "$target" x
	done
	for target in /etc/passwd /dev/null /proc/self/ns/uts "$SCRATCH/fifo" "$MOUNT/tasks"; do
		fails "no network namespace: ${target/#$SCRATCH/}" "Invalid argument" timeout 20 ln -s "$target" "$TOY/x"
	done
	fails "nothing at all" "No such file" attach "$TOY" /run/netns/bpfview-none x
	fails "a long name" "too long" attach "$TOY" "/run/netns/$BLUE" "$(printf %065d 0)"
	refused "the initial namespace" "Permission denied" \
		"EACCES,a dissector of the initial network namespace is for all others" "$TOY" /proc/self/ns/net init
	same "none of them is there" "" "$(names "$TOY")"
	unshare -n sleep 1000 &
	holder=$!
	while [ "$(readlink "/proc/$holder/ns/net")" == "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
	ok "a process's namespace" attach "$TOY" "/proc/$holder/ns/net" process
	same "is that" toy "$(nsenter --net="/proc/$holder/ns/net" jq -r .name "$MOUNT/net/dissector.json")"
	rm "$TOY/process"
	ok "one's own" nsenter --net="/proc/$holder/ns/net" ln -s /proc/self/ns/net "$TOY/own"
	same "is that too" toy "$(nsenter --net="/proc/$holder/ns/net" jq -r .name "$MOUNT/net/dissector.json")"
	rm "$TOY/own"
	# shellcheck disable=SC2016 # the inner shell's
	ok "a path that the caller alone sees" unshare -m sh -c 'mkdir "$2" && mount -t tmpfs tmpfs "$2" &&
		touch "$2/network" && mount --bind "/run/netns/$0" "$2/network" && ln -s "$2/network" "$1/unseen"' \
		"$BLUE" "$TOY" "$SCRATCH/own"
	same "is that namespace" toy "$(program "$BLUE")"
	rm "$TOY/unseen"
}

check_ends() {
	attach "$TOY" "/run/netns/$BLUE"
	kill -KILL "$holder"
	wait "$holder" 2>/dev/null
	unshare -n sleep 1000 &
	holder=$!
	while [ "$(readlink "/proc/$holder/ns/net")" == "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
	attach "$TOY" "/proc/$holder/ns/net" brief
	same "two namespaces" "$BLUE brief 2" "$(names "$TOY") $(jq .attached "$MOUNT/dissect/toy/stats.json")"
	kill -KILL "$holder"
	wait "$holder" 2>/dev/null
	holder=
	for _ in $(seq 500); do
		[ "$(names "$TOY")" != "$BLUE" ] || break
		sleep 0.02
	done
	same "a namespace that ends takes its attachment along" "$BLUE 1" \
		"$(names "$TOY") $(jq .attached "$MOUNT/dissect/toy/stats.json")"
	before=$(link_id "$BLUE")
	ok "a new object takes the old one's place" cp "$TOOLS/toy_parts.bpf.o" "$MOUNT/load/toy.bpf.o"
	same "in one step" "_dissect $before" "$(program "$BLUE") $(link_id "$BLUE")"
	fails "a wrong one does not" "Permission denied" cp "$TOOLS/wrong_bound.bpf.o" "$MOUNT/load/toy.bpf.o"
	same "and the old one stays attached" "_dissect $before" "$(program "$BLUE") $(link_id "$BLUE")"
	cp "$TOOLS/toy.bpf.o" "$MOUNT/load/toy.bpf.o"
}

check_rights() {
	chmod 755 "$SCRATCH" ${TMPDIR:+"$TMPDIR"}
	fails "another user does not attach" "Permission denied" as_nobody ln -s "/run/netns/$RED" "$TOY/red"
	fails "nor detach" "Permission denied" as_nobody rm -f "$TOY/$BLUE"
	ok "but may look" as_nobody readlink "$TOY/$BLUE"
	kill -KILL "$DAEMON"
	wait "$DAEMON" 2>/dev/null
	umount -l "$MOUNT"
	mount_start
	same "what was attached goes with a daemon that is killed" "" "$(program "$BLUE")"
	fails "without -o load nothing is attached" "Permission denied" attach "$BUILTIN" "/run/netns/$BLUE"
	mount_stop
	mount_start -o load
	attach "$BUILTIN" "/run/netns/$BLUE"
	mount_stop
	mount_start -o load
	same "and with one that ends" "" "$(program "$BLUE")"
	cp "$TOOLS/toy.bpf.o" "$MOUNT/load"
}

# What it is for: packets of a protocol that the kernel doesn't know are shared among sockets.
check_traffic() {
	inside ip link add left type veth peer name right 2>"$SCRATCH/veth" || {
		skip "traffic" "no veth devices: $(cat "$SCRATCH/veth")"
		return
	}
	inside ip link set left up && inside ip link set right up
	share() { inside "$TOOLS/fanout" left right 200 | tr ' ' '\n' | sort -n | xargs; }
	same "without a dissector one of four sockets gets all" "0 0 0 200" "$(share)"
	attach "$TOY" "/run/netns/$BLUE"
	share >"$SCRATCH/shared"
	same "with it each gets some: $(cat "$SCRATCH/shared")" "200 yes" \
		"$(awk '{ print $1 + $2 + $3 + $4, ($1 > 10 ? "yes" : "no") }' "$SCRATCH/shared")"
	rm "$TOY/$BLUE"
	same "without it again" "0 0 0 200" "$(share)"
}

# The kernel's hash of each packet there is, of those with the fields alone in which packets differ.
check_hashes() {
	local frames=$SCRATCH/frames
	awk -F '\t' -v each="${SMALL:+10}" '!/^#/ && !seen[$4]++ && n++ % (each ? each : 1) == 0 { print $4 }' \
		"$TOP/tests/data/flow/packets.tsv" >"$frames"
	for port in 1 2 3; do printf '02000000000202000000000188b50%d02000a0a0000010a000002\n' $port; done >"$SCRATCH/toys"
	hashes() { inside "$TOOLS/hashes" "$TOOLS/hashes.bpf.o" <"$1"; }
	hashes "$frames" >"$SCRATCH/before"
	same "toys have one hash" 1 "$(hashes "$SCRATCH/toys" | sort -u | wc -l)"
	attach "$BUILTIN" "/run/netns/$BLUE"
	hashes "$frames" >"$SCRATCH/with"
	same "$(wc -l <"$frames") packets: the built-in dissector leaves each hash as it is" "" \
		"$(paste "$SCRATCH/before" "$SCRATCH/with" "$frames" | awk '$1 != $2' | head -n 5)"
	ok "of thousands, most can be hashed" test "$(grep -vc '^-' "$SCRATCH/with")" -gt $(($(wc -l <"$frames") * 9 / 10))
	rm "$BUILTIN/$BLUE"
	attach "$TOY" "/run/netns/$BLUE"
	same "toys have three, with their dissector" 3 "$(hashes "$SCRATCH/toys" | sort -u | wc -l)"
	hashes "$frames" >"$SCRATCH/with"
	ok "and it leaves all other packets alone" cmp "$SCRATCH/before" "$SCRATCH/with"
	rm "$TOY/$BLUE"
	same "one, without it" 1 "$(hashes "$SCRATCH/toys" | sort -u | wc -l)"
}

check_stats() {
	local stats=$MOUNT/dissect/toy/stats.json
	printf '%s\n\n' 02000000000202000000000188b5010203040a0000010a000002 02000000000202000000000188b501 \
		0200000000020200000000010800 020000000002020000000001080045 >"$MOUNT/dissect/toy/input"
	same "stats counts verdicts" "4 1 1 2" "$(jq -r '"\(.packets) \(.ok) \(.dropped) \(.continued)"' "$stats")"
	if [ -z "${BPFVIEW_DISPOSABLE-}" ]; then
		skip "runs and their time" "kernel.bpf_stats_enabled is for the whole machine"
		return
	fi
	sysctl -qw kernel.bpf_stats_enabled=1
	printf '%s\n\n' 02000000000202000000000188b5010203040a0000010a000002 >"$MOUNT/dissect/toy/input"
	same "runs and their time" "1 true" "$(jq -r '"\(.runs) \(.mean_ns > 0)"' "$stats")"
	sysctl -qw kernel.bpf_stats_enabled=0
}

# On a machine that may be cut off from its network.
check_initial() {
	if [ -z "${BPFVIEW_DISPOSABLE-}" ]; then
		skip "attached to the initial namespace" "it would shut out all others of this machine"
		return
	fi
	mount_stop
	mount_start -o load,attach_init
	cp "$TOOLS/toy.bpf.o" "$MOUNT/load"
	attach "$TOY" "/run/netns/$BLUE"
	refused "the initial namespace, where another has one" "busy" \
		"EBUSY,another network namespace has a dissector" "$BUILTIN" /proc/1/ns/net init
	rm "$TOY/$BLUE"
	ok "the initial namespace, when it is allowed" attach "$TOY" /proc/1/ns/net init
	refused "a namespace, where the initial one has one" "busy" \
		"EBUSY,the initial network namespace has a dissector" "$BUILTIN" "/run/netns/$BLUE"
	rm "$TOY/init"
}

check_names
check_targets
check_ends
check_rights
check_traffic
check_hashes
check_stats
check_initial
