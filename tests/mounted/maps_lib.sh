# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # what it sets is for those who source it
# Sourced by the tests of maps/<id>, after lib.sh: makes maps that live until the test ends.
mkfifo "$SCRATCH/hold" "$SCRATCH/made"
exec {hold}<>"$SCRATCH/hold"
makers=()

cleanup() {
	[ ${#makers[@]} -eq 0 ] || kill "${makers[@]}" 2>/dev/null
	[ ${#makers[@]} -eq 0 ] || wait "${makers[@]}" 2>/dev/null
}

# make_maps TOOL ARGUMENT...: starts the tool; what it prints goes to $SCRATCH/ids, sets maker
make_maps() {
	"$TOOLS/$1" "${@:2}" <"$SCRATCH/hold" >"$SCRATCH/made" {hold}>&- &
	maker=$!
	makers+=("$maker")
	cat "$SCRATCH/made" >"$SCRATCH/ids"
	[ -s "$SCRATCH/ids" ] || fail "a map is made: $*"
}

# make_map KIND KEY VALUE MAX COUNT [FLAGS [freeze|churn]]: sets id and maker
make_map() {
	make_maps plain_map "$@"
	id=$(cat "$SCRATCH/ids")
}

unmake_map() {
	kill "$1"
	wait "$1" 2>/dev/null
}

# rows_wrong: of a map that plain_map made, as text; prints how many rows are not what it put in
rows_wrong() {
	awk 'NR > 1 {
		gsub(/[^0-9a-f]|cpu":[0-9]+,"value"/, "", $2) # one after another, the values of the CPUs
		for (value = substr($1, 1, 8); length(value) < length($2); value = value value)
			;
		if (NF != 2 || substr(value, 1, length($2)) != $2)
			wrong++
	}
	END { print wrong + 0 }'
}

# rows_of FILE: how many rows the table has without its header
rows_of() {
	awk 'END { print NR - 1 }' "$1"
}
