# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced by the tests that do what README.md says, in a scratch copy of the tree and with a /bpfview
# of their own, which the rest of the machine doesn't see.

# insert_line FILE CONTEXT LINE: puts LINE after the line CONTEXT, which must be there once
insert_line() {
	[ "$(grep -cxF -- "$2" "$1")" -eq 1 ] || {
		echo "$1 has not exactly one line: $2"
		return 1
	}
	CONTEXT=$2 LINE=$3 awk '{ print } $0 == ENVIRON["CONTEXT"] { print ENVIRON["LINE"] }' "$1" >"$1.new"
	mv "$1.new" "$1"
}

# follow AWK-OPTION...: runs the steps that follow.awk finds with these options; a test line a step
follow() {
	local steps step='' line
	tar -C "$TOP" --exclude='./build*' --exclude=./.git -c . | tar -C "$SCRATCH/tree" -x
	# Built already: only what a step changes is built anew.
	cp -a "$BUILD" "$SCRATCH/tree/build"
	awk -f "$TOP/tests/mounted/follow.awk" "$@" "$TOP/README.md" >"$SCRATCH/steps"
	[ -d /bpfview ] || { mkdir /bpfview && made_folder=yes; }
	unset BUILD
	export -f insert_line
	# shellcheck disable=SC2016 # expanded in the namespace
	STEPS=$SCRATCH/steps TREE=$SCRATCH/tree unshare -m bash -c '
		while umount -l /bpfview 2>/dev/null; do :; done
		cd "$TREE" || exit
		timeout 200 bash -e "$STEPS"
		status=$?
		[ "$status" -eq 0 ] || echo "@@ failed"
		mount-scripts/down
		exit $status' >"$SCRATCH/followed" 2>&1 </dev/null
	steps=$(grep -c '^@@' "$SCRATCH/followed")
	[ "$steps" -gt 0 ] || fail "README.md has steps to follow" "$(cat "$SCRATCH/followed")"
	while IFS= read -r line; do
		[ "$line" != "@@ failed" ] || break
		[ -z "$step" ] || pass "line $step"
		step=${line#@@ }
	done < <(grep '^@@' "$SCRATCH/followed")
	if grep -q '^@@ failed' "$SCRATCH/followed"; then
		fail "line $step" "$(tail -n 20 "$SCRATCH/followed")"
	else
		[ -z "$step" ] || pass "line $step"
	fi
}

made_folder=
cleanup() {
	[ -z "$made_folder" ] || rmdir /bpfview
}
mkdir "$SCRATCH/tree"
