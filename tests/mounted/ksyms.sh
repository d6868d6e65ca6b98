#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ksyms, against /proc/kallsyms.
. "$(dirname "$0")/lib.sh"

mount_start

# Programs come and go meanwhile, also those of the tables: their symbols are compared by themselves.
of_kernel() { awk '{ print $1, $2, $3, $4 }' /proc/kallsyms | grep -v '\[bpf\]$'; }
of_table() {
	awk 'NR > 1 && $3 != "bpf" { print substr($1, 3), $2, $4, $3 == "-" ? "" : "[" $3 "]" }' \
		"$MOUNT/ksyms"
}
head -c 1 "$MOUNT/ksyms" >"$SCRATCH/first"
of_kernel | sed 's/ *$//' | sort >"$SCRATCH/expected"
of_table | sed 's/ *$//' | sort >"$SCRATCH/actual"
ok "symbols, addresses, types and modules are those of /proc/kallsyms" \
	diff "$SCRATCH/expected" "$SCRATCH/actual"
same "there are symbols, and they have addresses" yes \
	"$(awk '$1 !~ /^0*$/ { n++ } END { print (n > 10000 ? "yes" : n + 0) }' "$SCRATCH/actual")"
# Of more than 100,000 lines the few that are asked about.
grep -E '"name":"(_text|bpf_prog_[0-9a-f]*_ksyms)"' "$MOUNT/ksyms.json" >"$SCRATCH/rows"
about "$SCRATCH/rows"
ask "the table's own program is a symbol" bpf_prog_ksyms \
	'select(.module == "bpf") | .name | sub("_[0-9a-f]*_ksyms$"; "_ksyms")'
ask "as JSON: an address is a string, and no module is null" \
	"\"0x$(awk '$3 == "_text" { print $1 }' /proc/kallsyms)\" \"T\" null" \
	'select(.name == "_text") | "\"\(.address)\" \"\(.type)\" \(.module)"'
