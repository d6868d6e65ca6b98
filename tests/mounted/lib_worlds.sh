# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # what it sets is for those who source it
# Sourced by the tests of many objects, after lib.sh: makes worlds that stay until the test ends.
mkfifo "$SCRATCH/hold" "$SCRATCH/made"
exec {hold}<>"$SCRATCH/hold"
worlds=()

# world TOOL ARGUMENT...: starts one of the tools many_*; its pid goes to PID, its line to WORLD
world() {
	"$TOOLS/$1" "${@:2}" <"$SCRATCH/hold" >"$SCRATCH/made" 2>"$SCRATCH/world.log" {hold}>&- &
	PID=$!
	worlds+=("$PID")
	read -r WORLD <"$SCRATCH/made" && return
	fail "a world: $*" "$(cat "$SCRATCH/world.log")"
	exit 1
}

# unmake PID: ends it and what it made
unmake() {
	kill "$1" 2>/dev/null
	wait "$1" 2>/dev/null
}

cleanup() {
	local pid
	for pid in "${worlds[@]}"; do unmake "$pid"; done
}

# once NAME EXPECTED ACTUAL: two files have the same lines, in any order
once() {
	local difference
	if difference=$(diff <(sort "$2") <(sort "$3")) && [ -s "$2" ]; then
		pass "$1"
	else
		fail "$1" "$(grep -c '^[<>]' <<<"$difference") lines differ, such as" "$difference"
	fi
}

# cells NAME...: of a table as text, these columns of each row
cells() {
	awk -v names="$*" '
		NR == 1 {
			count = split(names, name, " ")
			for (i = 1; i <= NF; i++) column[$i] = i
			next
		}
		{
			for (i = 1; i <= count; i++)
				printf "%s%s", $column[name[i]], i < count ? " " : "\n"
		}'
}
