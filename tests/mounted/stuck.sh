#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Sockets that stay locked while the kernel waits for a page: the tables that show them fail in time,
# their readers can be killed, and all else goes on.
. "$(dirname "$0")/lib.sh"

if [ -z "${BPFVIEW_DISPOSABLE-}" ]; then
	skip stuck "only in a machine of its own (tests/kernels/run)"
	exit
fi

LIMIT=3 # seconds
page=
holders=()
networks=()
cleanup() {
	[ -z "$page" ] || exec {page}>&-
	[ ${#holders[@]} -eq 0 ] || wait "${holders[@]}" 2>/dev/null
	for network in "${networks[@]}"; do ip netns del "$network"; done
}

# until_true COMMAND...: within 20 s
until_true() {
	for _ in $(seq 400); do
		"$@" && return 0
		sleep 0.05
	done
	return 1
}

# make_network NAME
make_network() {
	ip netns add "$1" && ip -n "$1" link set lo up
	networks+=("$1")
}

# lock KIND: a socket in the network `stuck` that is locked until release
lock() {
	[ -z "$page" ] || exec {page}>&-
	rm -f "$SCRATCH/page"
	mkfifo "$SCRATCH/page"
	exec {page}<>"$SCRATCH/page"
	ip netns exec stuck "$TOOLS/stuck_socket" "$1" <"$SCRATCH/page" >"$SCRATCH/said" 2>&1 {page}>&- &
	holders+=($!)
	until_true grep -q locked "$SCRATCH/said" && return
	fail "a locked $1 socket" "$(cat "$SCRATCH/said")"
	exit 1
}

# release: brings the page that the locked one waits for
release() {
	echo >&"$page"
	until_true grep -q free "$SCRATCH/said" || fail "the page has come" "$(cat "$SCRATCH/said")"
}

# took COMMAND...: runs it for at most 20 s; sets output and status
took() {
	output=$(timeout 20 "$@" 2>&1)
	status=$?
}

# soon NAME LINES COMMAND...: it prints so many lines or more, within 20 s: the machine is slow
soon() {
	took "${@:3}"
	if [ "$status" -eq 0 ] && [ "$(wc -l <<<"$output")" -ge "$2" ]; then
		pass "$1"
	else
		fail "$1" "exit $status: $output"
	fi
}

# words_are NAME PATH WORDS: those of the newest failure to open it
words_are() {
	local words
	words=$(jq -r --arg path "$2" 'select(.path == $path) | .error + " " + .message' \
		"$MOUNT/errors.json" | tail -n 1)
	if [[ $words == "$3"* ]]; then pass "$1"; else fail "$1" "$words"; fi
}

threads() { find "/proc/$DAEMON/task" -mindepth 1 -maxdepth 1 | wc -l; }
# has_threads COUNT: or fewer
has_threads() { [ "$(threads)" -le "$1" ]; }

# start OPTION...: mounts, and loads the views, which may take longer than the kernel is given; sets
# usual to the number of threads
start() {
	mount_start "$@"
	ls "$MOUNT" >/dev/null
	usual=$(threads)
	for table in tasks maps/list netns/other/{tcp,udp,unix,netlink}; do
		until_true cat "$MOUNT/$table" >/dev/null 2>"$SCRATCH/start.err" ||
			fail "$table opens" "$(cat "$SCRATCH/start.err")"
	done
	until_true has_threads "$usual" || fail "threads" "$(threads) of $usual"
}

# others_go_on WHAT: but for the locked sockets
others_go_on() {
	soon "$1: another network" 1 cat "$MOUNT/netns/other/tcp"
	soon "$1: another view of the same network" 2 cat "$MOUNT/netns/stuck/netlink"
	soon "$1: tasks" 5 cat "$MOUNT/tasks"
	soon "$1: maps/list" 1 cat "$MOUNT/maps/list"
	soon "$1: ls -l" 30 ls -l "$MOUNT" "$MOUNT/net" "$MOUNT/netns/stuck"
	soon "$1: stat" 5 stat "$MOUNT/netns/stuck/tcp"
}

is_unmounted() { ! mountpoint -q "$MOUNT"; }
# waits_in_open PID
waits_in_open() { grep -qsE 'request_wait_answer|fuse' "/proc/$1/wchan"; }

# start_waiting: a reader of the locked network's tcp; sets reader
start_waiting() {
	env --default-signal=INT cat "$MOUNT/netns/stuck/tcp" >/dev/null 2>>"$SCRATCH/waiting.err" &
	reader=$!
	until_true waits_in_open $reader || fail "a reader waits"
}

check_waiting() {
	local readers=() ended=0
	start -o timeout=600
	lock tcp
	for signal in INT KILL INT KILL; do
		start_waiting
		kill -$signal $reader
		wait $reader
		same "a waiting reader ends of SIG$signal" "$signal" "$(kill -l $?)"
	done
	for _ in $(seq 8); do
		start_waiting
		readers+=("$reader")
	done
	others_go_on "eight wait"
	same "eight wait: no worker more" "$usual" "$(threads)"
	exec {opened}<"$MOUNT/status"
	kill "$DAEMON"
	ok "SIGTERM: unmounted" until_true is_unmounted
	for reader in "${readers[@]}"; do
		wait "$reader" && ended=$((ended + 1))
	done
	same "SIGTERM: no reader takes it for the table's end" 0 $ended
	took cat <&"$opened"
	same "SIGTERM: nor one that comes back later" 1 "$status"
	exec {opened}<&-
	kill -0 "$DAEMON"
	same "SIGTERM: the stuck worker is still in the kernel" 0 $?
	release
	wait "$DAEMON"
	same "SIGTERM: ends when that is free" 1 $?
	same "SIGTERM: says why" "bpfview: a worker is stuck in the kernel; left it behind" \
		"$(cat "$SCRATCH/daemon.log")"
	DAEMON=
}

# check_kind KIND: of a locked socket
check_kind() {
	local table=netns/stuck/$1 readers=()
	lock "$1"
	fails "$1: a locked socket" "Connection timed out" timeout 20 cat "$MOUNT/$table"
	words_are "$1: in words" "$table" \
		"ETIMEDOUT the kernel did not answer in $LIMIT s: a process holds a socket's lock"
	fails "$1: once more" "Connection timed out" timeout 20 cat "$MOUNT/$table"
	words_are "$1: in words, since when" "$table" \
		"ETIMEDOUT the kernel has not answered another open since 20"
	fails "$1: as CSV" "Connection timed out" timeout 20 cat "$MOUNT/$table.csv"
	fails "$1: read from within" "Connection timed out" \
		timeout 20 ip netns exec stuck cat "$MOUNT/net/$1"
	for _ in $(seq 25); do
		cat "$MOUNT/$table"
		cat "$MOUNT/$table" &
		readers+=($!)
	done >/dev/null 2>&1
	wait "${readers[@]}"
	ok "$1: one worker is lost after 50 tries" has_threads $((usual + 1))
	release
	ok "$1: it comes back" until_true has_threads "$usual"
	soon "$1: its table too" 2 cat "$MOUNT/$table"
}

# All at once, before any of them is known to be stuck.
check_crowd() {
	local readers=() succeeded=0
	lock tcp
	for _ in $(seq 40); do
		cat "$MOUNT/netns/stuck/tcp" >/dev/null 2>&1 &
		readers+=($!)
	done
	others_go_on "a crowd"
	for reader in "${readers[@]}"; do
		wait "$reader" && succeeded=$((succeeded + 1))
	done
	same "a crowd: all fail" 0 $succeeded
	ok "a crowd: costs no more than the workers there were" has_threads $((usual * 2))
	others_go_on "a crowd that has failed"
	release
	ok "a crowd: all workers come back" until_true has_threads "$usual"
	soon "a crowd: the table too" 2 cat "$MOUNT/netns/stuck/tcp"
}

# check_mapped WHAT NETWORK PATH: sent from a mapping while others read it
check_mapped() {
	local reader
	while :; do timeout 30 nsenter --net="$2" cat "$MOUNT/$3" || break; done >/dev/null &
	reader=$!
	took nsenter --net="$2" "$TOOLS/stuck_socket" mapped "$MOUNT/$3"
	kill $reader 2>/dev/null
	wait $reader 2>/dev/null
	same "sent from a mapping: $1" "0 the same" "$status ${output#*, }"
}

make_network other
make_network stuck
check_waiting

start -o timeout=$LIMIT
for kind in tcp udp unix; do
	if [[ $kind == udp && $(uname -r) == 6.1.* ]]; then
		skip udp "its iterator takes no locks in this kernel"
		continue
	fi
	check_kind $kind
done
mount_stop
same "the daemon ends with 0" 0 $?
start -o timeout=30
check_crowd
mount_stop
same "the daemon ends with 0" 0 $?

start
lock tcp
release
check_mapped "its own table" /run/netns/stuck net/tcp
check_mapped "another view's" /run/netns/stuck net/netlink.json
check_mapped "tasks" /run/netns/stuck tasks.json
"$TOOLS/many_sockets" tcp 8000 <"$SCRATCH/page" >"$SCRATCH/many" {page}>&- &
holders+=($!)
until_true [ -s "$SCRATCH/many" ] || fail "many sockets"
read -r _ many _ <"$SCRATCH/many"
check_mapped "a large table" "/proc/$many/ns/net" net/tcp
mount_stop
same "the daemon ends with 0 then too" 0 $?
