# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # what it sets is for those who source it
# Sourced by the tests of readers, after lib.sh: makes maps that live until the test ends.
mkfifo "$SCRATCH/hold"
exec {hold}<>"$SCRATCH/hold"
started=()

stop_started() {
	[ ${#started[@]} -eq 0 ] || kill -KILL "${started[@]}" 2>/dev/null
	[ ${#started[@]} -eq 0 ] || wait "${started[@]}" 2>/dev/null
}

cleanup() { stop_started; }

# make_map ROWS [churn]: sets map to the id of a hash map that has them
make_map() {
	"$TOOLS/plain_map" hash 4 8 "$1" "$1" 0 "${2-}" <"$SCRATCH/hold" >"$SCRATCH/id" {hold}>&- &
	started+=($!)
	until [ -s "$SCRATCH/id" ]; do
		kill -0 $! 2>/dev/null || { fail "making a map"; exit 1; }
		sleep 0.02
	done
	map=$(<"$SCRATCH/id")
	rm "$SCRATCH/id"
}
