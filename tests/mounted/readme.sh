#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The commands of README.md work as written.
. "$(dirname "$0")/lib.sh"
. "$TOP/tests/mounted/lib_follow.sh"

if [ -n "$SANITIZE" ]; then
	skip "README" "its commands build without the sanitizers"
else
	follow -v skip="Add a view"
fi
