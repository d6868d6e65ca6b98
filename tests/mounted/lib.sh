# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced by each mounted test. A test prints `ok - NAME`, `not ok - NAME` or `skip - NAME: REASON`
# lines; tests/run counts them. BUILD is the build folder, TOP the top of the tree, TOOLS the folder
# of the built tests/tools, SCRATCH a folder for the test's own files, removed at its end.
# SANITIZE is not empty when the daemon was built with the sanitizers, SMALL on a slow machine, where
# the worlds that tests make are a tenth of their size.
set -u
SMALL=${SMALL-}
TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
SANITIZE=${SANITIZE-}
BUILD=${BUILD:-$TOP/build${SANITIZE:+-asan}}
export TOOLS=$BUILD/tests
SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/bpfview-test.XXXXXX")
MOUNT=$SCRATCH/mount
DAEMON=
failures=0
abouts=0
asked=()
expectations=()

pass() { printf 'ok - %s\n' "$1"; }
fail() {
	printf 'not ok - %s\n' "$1"
	shift
	[ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/    /' | head -n 20
	failures=$((failures + 1))
}
skip() { printf 'skip - %s: %s\n' "$1" "$2"; }

# refuses_elements: whether the kernel takes no program over a map's elements: some are locked down
# against these
refuses_elements() {
	local pin=/sys/fs/bpf/bpfview_elements_$$ output
	output=$(bpftool prog load "$TOOLS/own_targets.bpf.o" "$pin" 2>&1)
	rm -f "$pin"
	[[ $output == *"Operation not permitted"* ]]
}
# shellcheck disable=SC2034 # the reason to skip a test
REFUSES_ELEMENTS="this kernel refuses programs over a map's elements"

# same NAME EXPECTED ACTUAL
same() {
	if [ "$2" == "$3" ]; then
		pass "$1"
	elif [[ $2 == *$'\n'* ]]; then
		fail "$1" "expected and actual:" "$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$3"))"
	else
		fail "$1" "expected: $2" "actual:   $3"
	fi
}
# ok NAME COMMAND...: it exits 0
ok() {
	local name=$1 output
	shift
	if output=$("$@" 2>&1); then pass "$name"; else fail "$name" "$output"; fi
}
# fails NAME WORDS COMMAND...: it exits non-zero and its output holds WORDS
fails() {
	local name=$1 words=$2 output
	shift 2
	if output=$("$@" 2>&1); then
		fail "$name" "exit 0: $output"
	elif [[ $output != *"$words"* ]]; then
		fail "$name" "expected words: $words" "actual: $output"
	else
		pass "$name"
	fi
}

# about FILE: what is asked from now on is about its rows, as they are now
about() {
	abouts=$((abouts + 1))
	cat "$1" >"$SCRATCH/about.$abouts"
}
# ask NAME EXPECTED FILTER: what jq -r makes of each of them. Answered at the end of the test, all by
# one jq, which takes its time to start.
ask() {
	asked+=("$1")
	expectations+=("$2")
	echo "(answer(\$about${abouts}[] | $3))," >>"$SCRATCH/questions"
}
answer_all() {
	local i files=() answers=()
	# shellcheck disable=SC2016 # jq's variables
	local answer='def answer(f): [try f catch "jq: \(.)" | if type == "string" then . else tojson end]
		| join("\n") + "\u0000";'
	for i in $(seq "$abouts"); do
		files+=(--slurpfile "about$i" "$SCRATCH/about.$i")
	done
	mapfile -d '' answers < <(jq -nj "${files[@]}" \
		-f <(echo "$answer" && cat "$SCRATCH/questions" && echo empty) 2>&1)
	for i in "${!asked[@]}"; do
		same "${asked[i]}" "${expectations[i]}" "${answers[i]-${answers[*]}}"
	done
}

# uneven: how many lines of a table have not as many cells as its header
uneven() { awk 'NR == 1 { cells = NF } NF != cells { n++ } END { print n + 0 }'; }

# count_of NUMBER: how many objects to make for so many
count_of() { echo $((SMALL ? $1 / 10 : $1)); }

# as_nobody COMMAND...: as a user who has no rights
as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }

# ended PID: waits until that process, which need not be a child, has ended
ended() {
	timeout 30 tail --pid="$1" -s 0.02 -f /dev/null
}

# mount_start [OPTIONS-OF-BPFVIEW]: a mount of our own at $MOUNT; sets DAEMON to its pid
mount_start() {
	mkdir -p "$MOUNT"
	# A shell's background processes ignore SIGINT otherwise.
	env --default-signal=INT "$BUILD/bpfview" -f "$@" "$MOUNT" 2>"$SCRATCH/daemon.log" &
	DAEMON=$!
	for _ in $(seq 200); do
		mountpoint -q "$MOUNT" && return 0
		kill -0 "$DAEMON" 2>/dev/null || break
		sleep 0.02
	done
	fail "mount at $MOUNT" "$(cat "$SCRATCH/daemon.log")"
	exit 1
}

# mount_stop: unmounts; the daemon's standard error is printed, its exit status returned
mount_stop() {
	local status
	[ -n "$DAEMON" ] || return 0
	kill "$DAEMON" 2>/dev/null
	ended "$DAEMON" || kill -KILL "$DAEMON"
	wait "$DAEMON" 2>/dev/null
	status=$?
	[ -s "$SCRATCH/daemon.log" ] && cat "$SCRATCH/daemon.log"
	umount -lq "$MOUNT" 2>/dev/null
	DAEMON=
	return $status
}

# Tests that make more than files define `cleanup`, which is called at exit.
finish() {
	local status=$?
	[ ${#asked[@]} -eq 0 ] || answer_all
	declare -F cleanup >/dev/null && cleanup
	mount_stop || { fail "the daemon ends with 0"; status=1; }
	rm -rf --one-file-system "$SCRATCH"
	[ "$status" -ne 0 ] || [ "$failures" -eq 0 ] || status=1
	exit "$status"
}
trap finish EXIT
