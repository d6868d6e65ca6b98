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

# read_stat PATH: sets STAT to the fields of PATH/stat, counted as proc(5) does
read_stat() {
	local content after
	content=$(<"$1/stat")
	read -ra after <<<"${content##*) }"
	STAT=('' "${content%% *}" '' "${after[@]}")
}

declare -A STATE_NAMES=([R]=running [S]=sleeping [D]=disk_sleep [T]=stopped [t]=tracing_stop
	[X]=dead [Z]=zombie [P]=parked [I]=idle)

namespace() { readlink "$1/ns/$2" | tr -dc 0-9; }

# status_of PATH LABEL FIELD: a field of PATH/status
status_of() { awk -v label="$2:" -v field="$3" '$1 == label { print $field }' "$1/status"; }

# expected PATH: what /proc has, in lines of a column and its value; times in hundredths of seconds
expected() {
	local path=$1
	read_stat "$path"
	cat <<-END
		tid ${STAT[1]}
		pid $(status_of "$path" Tgid 2)
		ppid ${STAT[4]}
		uid $(status_of "$path" Uid 3)
		gid $(status_of "$path" Gid 3)
		state ${STATE_NAMES[${STAT[3]}]}
		threads ${STAT[20]}
		priority ${STAT[18]}
		nice ${STAT[19]}
		cpu ${STAT[39]}
		virtual_bytes ${STAT[23]}
		rss_bytes $(awk -v page="$(getconf PAGESIZE)" '{ print $2 * page }' "$path/statm")
		utime_ns ${STAT[14]}
		stime_ns ${STAT[15]}
		start_ns ${STAT[22]}
		minor_faults ${STAT[10]}
		major_faults ${STAT[12]}
		net_ns $(namespace "$path" net)
		pid_ns $(namespace "$path" pid)
		mnt_ns $(namespace "$path" mnt)
		user_ns $(namespace "$path" user)
		cgroup $(sed -n 's/^0:://p' "$path/cgroup")
	END
}

# actual TABLE TID: the same of the table's row
actual() {
	jq -r --argjson tid "$2" 'select(.tid == $tid)
		| (.utime_ns, .stime_ns, .start_ns) |= (. / 10000000 | floor)
		| to_entries[]
		| select(.key | IN("start_time", "cmdline", "comm", "voluntary_switches",
			"involuntary_switches", "global_pid", "global_tid") | not)
		| "\(.key) \(.value // "")"' "$1"
}

# agrees NAME TABLE TID PATH: the row is what /proc says
agrees() {
	local difference
	if difference=$(diff <(expected "$4" | sort) <(actual "$2" "$3" | sort)); then
		pass "$1: columns are those of /proc"
	else
		fail "$1: columns are those of /proc" "$difference"
	fi
}

# cell TABLE TID FILTER: what jq's filter makes of the row
cell() { jq -r --argjson tid "$2" "select(.tid == \$tid) | $3" "$1"; }
