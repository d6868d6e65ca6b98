# SPDX-License-Identifier: GPL-2.0-only
# awk -f manual.awk TABLES bpfview.8.in: the man page, in which the line @TABLES@ stands for what
# `bpfview --tables` printed.
function roff(text)
{
	gsub(/\\/, "\\\\e", text)
	gsub(/-/, "\\-", text)
	if (text ~ /^[.']/)
		text = "\\&" text
	return text
}

# A table: "PATH: SUMMARY".
FNR == NR && /^[^ ]/ {
	colon = index($0, ": ")
	tables = tables ".PD\n.SS " roff(substr($0, 1, colon - 1)) "\n" \
		roff(toupper(substr($0, colon + 2, 1)) substr($0, colon + 3)) ".\n.PD 0\n"
}

# A column: "  NAME  KIND  ABOUT", the last of which may be missing.
FNR == NR && /^ / {
	about = $0
	sub(/^ +[^ ]+ +[^ ]+ */, "", about)
	tables = tables ".TP 26\n.B " roff($1) "\n" roff($2 (about == "" ? "" : ": " about)) "\n"
}

FNR == NR {
	next
}

/^@TABLES@$/ {
	printf "%s.PD\n", tables
	next
}

{
	print
}
