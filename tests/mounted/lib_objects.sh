# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # what it sets is for those who source it
# Sourced by the tests of progs, links and maps/list, after lib.sh: makes programs, links and maps
# that live until the test ends, in a network namespace and a cgroup of their own.
mkfifo "$SCRATCH/hold"
exec {hold}<>"$SCRATCH/hold"
GROUP=bpfview-test-$$
RUNS=5
objects=

cleanup() {
	[ -z "$objects" ] || kill -KILL "$objects"
	wait "$objects" 2>/dev/null
	! mountpoint -q "$SCRATCH/cgroup" || {
		rmdir "$SCRATCH/cgroup/$GROUP/deep" "$SCRATCH/cgroup/$GROUP"
		umount "$SCRATCH/cgroup"
	}
}

# make_objects: starts known_objects; what it prints is in $SCRATCH/objects
make_objects() {
	mkdir "$SCRATCH/cgroup"
	mount -t cgroup2 none "$SCRATCH/cgroup"
	mkdir -p "$SCRATCH/cgroup/$GROUP/deep"
	"$TOOLS/known_objects" "$TOOLS/known_objects.bpf.o" "$SCRATCH/cgroup/$GROUP/deep" "$RUNS" \
		<"$SCRATCH/hold" >"$SCRATCH/objects" 2>"$SCRATCH/objects.log" {hold}>&- &
	objects=$!
	for _ in $(seq 500); do
		grep -qs '^ready$' "$SCRATCH/objects" && return
		sleep 0.02
	done
	fail "known_objects starts" "$(cat "$SCRATCH/objects.log")"
	exit 1
}

# id_of KIND NAME: empty when this kernel refused it
id_of() { awk -v kind="$1" -v name="$2" '$1 == kind && $2 == name { print $3 }' "$SCRATCH/objects"; }

# skip_refused: a line for each link that this kernel refused
skip_refused() {
	local line
	grep '^none ' "$SCRATCH/objects" | while read -r line; do
		skip "link of ${line#none link }" "this kernel refuses it"
	done
}

# agrees NAME EXPECTED-JSON ACTUAL-JSON: line by line
agrees() {
	local difference
	if difference=$(diff <(jq -S . <<<"$2") <(jq -S . <<<"$3")) && [ -n "$2" ]; then
		pass "$1"
	else
		fail "$1" "${difference:-nothing to compare}"
	fi
}
