# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # what it sets is for those who source it
# Sourced by the tests of tasks and threads, after lib.sh: makes processes that live until the test
# ends, and says what /proc has about them.
mkfifo "$SCRATCH/hold"
exec {hold}<>"$SCRATCH/hold"
KNOWN=$TOOLS/known_task
started=()

stop_all() {
	[ ${#started[@]} -gt 0 ] || return # a wait for nobody would wait for the daemon
	kill -KILL "${started[@]}" 2>/dev/null
	wait "${started[@]}" 2>/dev/null
}
cleanup() { stop_all; }

# start COMMAND...: runs known_task in some way, and sets PID, and OUTPUT to the file of its words
start() {
	OUTPUT=$SCRATCH/words.${#started[@]}
	"$@" <"$SCRATCH/hold" >"$OUTPUT" {hold}>&- &
	PID=$!
	started+=("$PID")
	for _ in $(seq 500); do
		grep -qs '^ready$' "$OUTPUT" && return
		sleep 0.02
	done
	fail "known_task starts: $*"
}

# start_as ARGUMENTS...: of which the first is the program's name for itself
start_as() {
	start start_exec "$@"
}
start_exec() { exec -a "$1" "$KNOWN" "${@:2}"; }

# look: at the table of that name, for what is asked next
look() { about "$MOUNT/$1.json"; }
# cell NAME TID EXPECTED FILTER: what jq's filter makes of the row
cell() { ask "$1" "$3" "select(.tid == $2) | $4"; }

# read_stat PATH: sets STAT to the fields of PATH/stat, counted as proc(5) does
read_stat() {
	local content after
	content=$(<"$1/stat")
	read -ra after <<<"${content##*) }"
	STAT=('' "${content%% *}" '' "${after[@]}")
}

declare -A STATE_NAMES=([R]=running [S]=sleeping [D]=disk_sleep [T]=stopped [t]=tracing_stop
	[X]=dead [Z]=zombie [P]=parked [I]=idle)
PAGE_BYTES=$(getconf PAGESIZE)

namespace() { readlink "$1/ns/$2" | tr -dc 0-9; }

# expected PATH: what /proc has, in lines of a column and its value; times in hundredths of seconds
expected() {
	local path=$1 label rest line group uids gids resident namespaces
	read_stat "$path"
	while read -r label rest; do
		case $label in
		Tgid:) group=$rest ;;
		Uid:) read -r -a uids <<<"$rest" ;;
		Gid:) read -r -a gids <<<"$rest" ;;
		esac
	done <"$path/status"
	read -r _ resident _ <"$path/statm"
	mapfile -t namespaces < <(readlink "$path"/ns/{net,pid,mnt,user} | tr -dc '0-9\n')
	while IFS= read -r line && [[ $line != 0::* ]]; do :; done <"$path/cgroup"
	LC_ALL=C sort <<-END
		tid ${STAT[1]}
		pid $group
		ppid ${STAT[4]}
		uid ${uids[1]}
		gid ${gids[1]}
		state ${STATE_NAMES[${STAT[3]}]}
		threads ${STAT[20]}
		priority ${STAT[18]}
		nice ${STAT[19]}
		cpu ${STAT[39]}
		virtual_bytes ${STAT[23]}
		rss_bytes $((resident * PAGE_BYTES))
		utime_ns ${STAT[14]}
		stime_ns ${STAT[15]}
		start_ns ${STAT[22]}
		minor_faults ${STAT[10]}
		major_faults ${STAT[12]}
		net_ns ${namespaces[0]}
		pid_ns ${namespaces[1]}
		mnt_ns ${namespaces[2]}
		user_ns ${namespaces[3]}
		cgroup ${line#0::}
	END
}

# shellcheck disable=SC2016 # jq's
# The same of a row.
ACTUAL='(.utime_ns, .stime_ns, .start_ns) |= (. / 10000000 | floor) | [to_entries[]
	| select(.key | IN("start_time", "cmdline", "comm", "voluntary_switches",
		"involuntary_switches", "global_pid", "global_tid") | not)
	| "\(.key) \(.value // "")"] | sort | join("\n")'

# agrees NAME PATH: the row of that process or thread is what /proc says
agrees() {
	cell "$1: columns are those of /proc" "${2##*/}" "$(expected "$2")" "$ACTUAL"
}
