# SPDX-License-Identifier: GPL-2.0-only
# Turns README.md into a script that does what it says, from top to bottom:
#   ```sh          commands to run
#   ```c PATH      a file to write (any language)
#   ```diff PATH   lines to add: each `+` line comes after the line shown before it
# Other fences are only to be read. With section=NAME only that section, with skip=NAME all others.
# Each step prints `@@ LINE TEXT` before it starts.
function quote(text)
{
	gsub(/'/, "'\\''", text)
	return "'" text "'"
}

/^## / {
	in_section = section == "" || $0 == "## " section
	if (skip != "" && $0 == "## " skip)
		in_section = 0
}

/^```/ && kind != "" {
	if (kind == "file")
		print "END_OF_FILE"
	kind = ""
	next
}

/^```/ {
	language = substr($1, 4)
	path = $2
	kind = "other"
	if (!in_section)
		next
	if (language == "sh")
		kind = "sh"
	else if (path != "" && language == "diff")
		kind = "diff"
	else if (path != "")
		kind = "file"
	first = 1
	if (kind == "file" || kind == "diff")
		print "echo " quote("@@ " NR " " path)
	if (kind == "file")
		print "cat >" quote(path) " <<'END_OF_FILE'"
	next
}

kind == "sh" && first {
	print "echo " quote("@@ " NR " " $0)
	first = 0
}

kind == "sh" || kind == "file" {
	print
}

kind == "diff" && /^\+/ {
	print "insert_line " quote(path) " " quote(context) " " quote(substr($0, 2))
	context = substr($0, 2)
	next
}

kind == "diff" {
	context = substr($0, 2)
}

BEGIN {
	in_section = section == ""
}
