#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The chapters of bpf/examples: their commands, run from top to bottom, give what the chapters show.
. "$(dirname "$0")/lib.sh"

if ! command -v clang >/dev/null; then
	skip "examples" "clang is not installed"
	exit
elif [ -n "$SANITIZE" ]; then
	skip "examples" "what they do is in other tests as well"
	exit
fi

# step LINE <COMMANDS: runs them, here; what they print is for `expect`
# shellcheck disable=SC2153 # OUTPUT is the namespace's
step() {
	[ -z "${STEP-}" ] || printf '@@ %s\n' "$STEP"
	STEP=$1
	COMMANDS=$(cat)
	eval "$COMMANDS" >"$OUTPUT" 2>&1 </dev/null
}

# expect <TEXT: compares; numbers stand for numbers, blanks for blanks, ... for anything, and a line
# of its own for any lines
expect() {
	awk '
		function pattern(line) {
			gsub(/[][(){}.*+?^$|\\]/, "\\\\&", line)
			gsub(/\\\.\\\.\\\./, ".*", line)
			gsub(/[0-9]+/, "[0-9]+", line)
			sub(/^[ \t]+/, "", line)
			gsub(/[ \t]+/, "[ \t]+", line)
			return "^[ \t]*" line "[ \t]*$"
		}
		NR == FNR { wanted[++count] = $0; next }
		{ got[++lines] = $0 }
		END {
			at = 1
			for (i = 1; i <= count; i++) {
				if (wanted[i] == "...") {
					while (at <= lines && (i == count || got[at] !~ pattern(wanted[i + 1])))
						at++
					continue
				}
				if (got[at] !~ pattern(wanted[i])) {
					print "expected: " wanted[i] "\nactual:   " got[at]
					exit 1
				}
				at++
			}
			if (at <= lines) {
				print "not expected: " got[at]
				exit 1
			}
		}' - "$OUTPUT" >"$OUTPUT.difference" || {
		cat "$OUTPUT.difference"
		echo "@@ failed"
		exit 1
	}
}
export -f step expect

made_folder=
cleanup() { [ -z "$made_folder" ] || rmdir /bpfview; }
[ -d /bpfview ] || { mkdir /bpfview && made_folder=yes; }

# chapter FOLDER: a test line for each of its steps
chapter() {
	local name=${1##*/} line step=''
	cp -r "$TOP/bpf/examples" "$SCRATCH/$name"
	awk -f "$TOP/tests/mounted/example.awk" "$1/README.md" >"$SCRATCH/$name.steps"
	# shellcheck disable=SC2016 # expanded in the namespace
	OUTPUT=$SCRATCH/$name.output STEPS=$SCRATCH/$name.steps FOLDER=$SCRATCH/$name/$name BPFVIEW=$BUILD/bpfview \
		timeout 100 unshare -m bash -c '
		while umount -l /bpfview 2>/dev/null; do :; done
		"$BPFVIEW" -o load /bpfview || exit
		trap "cd /; umount /bpfview" EXIT
		cd "$FOLDER" || exit
		. "$STEPS"
		echo "@@ $STEP"' >"$SCRATCH/$name.said" 2>&1
	while IFS= read -r line; do
		step=${line#@@ }
		[ "$line" == "@@ failed" ] || pass "$name: line $step"
	done < <(grep '^@@' "$SCRATCH/$name.said")
	if [ -z "$step" ] || grep -q '^@@ failed' "$SCRATCH/$name.said"; then
		fail "$name" "$(tail -n 20 "$SCRATCH/$name.said")"
	fi
}

for folder in "$TOP"/bpf/examples/*/; do
	[ -z "${CHAPTER-}" ] || [[ $folder == */$CHAPTER-* ]] || continue
	if [[ $folder == */4-maps/ ]] && refuses_elements; then
		skip "4-maps" "$REFUSES_ELEMENTS"
		continue
	fi
	chapter "${folder%/}"
done
