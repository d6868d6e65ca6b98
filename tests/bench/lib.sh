# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced by each benchmark: its worlds, its mounts and its lines of the table. The script runs in
# a mount namespace of its own, so that mounts and pins go away with it however it ends.
[ -n "${BENCH_NAMESPACE-}" ] || BENCH_NAMESPACE=1 exec unshare --mount "$0" "$@"
unset BENCH_NAMESPACE
shopt -s lastpipe
# shellcheck source=tests/mounted/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../mounted/lib.sh"
# shellcheck disable=SC2034
BENCH=$BUILD/bench
PINS=$SCRATCH/pins
worlds=()
mkfifo "$SCRATCH/hold"
exec {hold}<>"$SCRATCH/hold"
mkdir "$PINS"
mount -t bpf bpf "$PINS"

end_worlds() {
	[ ${#worlds[@]} -eq 0 ] || kill "${worlds[@]}"
	[ ${#worlds[@]} -eq 0 ] || wait "${worlds[@]}"
	worlds=()
}

cleanup() {
	end_worlds
	umount "$PINS"
}

# world COMMAND...: starts one of tests/tools/many_*; its line, said once all is made, is in WORLD
# shellcheck disable=SC2034
world() {
	local said
	exec {said}< <(exec "$@" <"$SCRATCH/hold" {hold}>&-)
	worlds+=($!)
	read -r -u "$said" WORLD || { echo "$1 failed" >&2; exit 1; }
	exec {said}<&-
}

# field NAME FILE: a number of /proc/DAEMON/FILE in MiB
field() {
	awk -v name="$1:" '$1 == name { printf "%.2f", $2 / 1024 }' "/proc/$DAEMON/$2"
}

# highest COMMAND...: the most that is resident while COMMAND runs
highest() {
	echo 5 >"/proc/$DAEMON/clear_refs"
	"$@" >/dev/null
	field VmHWM status
}

# pin NAME OBJECT [map id ID]: the iterator of OBJECT, to be read at $PINS/NAME
pin() {
	local log
	log=$(bpftool iter pin "$2" "$PINS/$1" "${@:3}" 2>&1) || { tail -n 5 <<<"$log" >&2; exit 1; }
}

# judge WANTED VALUE: WANTED is like "<=0.5", ">=20", or "-" for a figure that is only shown
judge() {
	awk -v wanted="$1" -v value="$2" 'BEGIN {
		limit = substr(wanted, 3) + 0
		if (wanted == "-") print "-"
		else if (wanted ~ /^>=/) print (value + 0 >= limit) ? "yes" : "NO"
		else print (value + 0 <= limit) ? "yes" : "NO"
	}'
}

# ratio WHAT AGAINST WANTED <"MEDIAN MEDIAN RATIO LEAST GREATEST": with ">=" it is how many times
# faster WHAT is, otherwise its part of the time of AGAINST
ratio() {
	local ours theirs median least greatest reached
	read -r ours theirs median least greatest || { echo "$1: no figures" >&2; exit 1; }
	if [[ $3 == ">="* ]]; then
		read -r median least greatest < <(awk -v m="$median" -v l="$least" -v g="$greatest" \
			'BEGIN { printf "%.4f %.4f %.4f\n", 1 / m, 1 / g, 1 / l }')
	fi
	reached=$(judge "$3" "$median")
	printf '%-26s %-34s %9.2f %9.2f %8.2f %6.2f-%-7.2f %-7s %s\n' "$1" "$2" "$ours" "$theirs" \
		"$median" "$least" "$greatest" "$3" "$reached"
}

# figure WHAT VALUE UNIT WANTED: one number
figure() {
	local reached
	reached=$(judge "$4" "$2")
	printf '%-61s %9.2f %-25s %-7s %s\n' "$1" "$2" "$3" "$4" "$reached"
}

heading() {
	printf '\n%s\n' "$1"
	printf '%-26s %-34s %9s %9s %8s %-14s %-7s %s\n' what against "ms" "their ms" ratio \
		"least-greatest" wanted reached
}
