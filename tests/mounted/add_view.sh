#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The section "Add a view" of README.md, followed to the letter, adds a view.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/mounted/lib_follow.sh"

if [ -n "$SANITIZE" ]; then
	skip "Add a view" "its commands build without the sanitizers"
	exit
fi
follow -v section="Add a view"

same "it costs one file and one line" "1 file, 1 line" \
	"$(awk '/^echo .@@/ { next } /^cat >/ { files++ } /^insert_line / { lines++ }
		END { print files " file, " lines " line" }' "$SCRATCH/steps")"
