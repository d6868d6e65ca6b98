# SPDX-License-Identifier: GPL-2.0-only
# Turns a chapter of the tutorial into a script of steps: what each ```sh block says, and what the
# ```text block behind it says that comes of it.
/^```/ && kind != "" {
	print "END_OF_" kind
	kind = ""
	next
}

/^```sh$/ {
	kind = "STEP"
	print "step " NR " <<'END_OF_STEP'"
	next
}

/^```text$/ {
	kind = "TEXT"
	print "expect <<'END_OF_TEXT'"
	next
}

kind != "" {
	print
}
