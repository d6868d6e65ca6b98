#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# load/: objects that come in by cp, those that must not, and what becomes of the old ones.
. "$(dirname "$0")/lib.sh"
mount_start -o load,allow_other,mode=644
LOAD=$MOUNT/load
TOY=02000000000202000000000188b5010203040a0000010a000002

# load OBJECT [NAME]
load() { cp "$TOOLS/$1.bpf.o" "$LOAD/${2:-$1}.bpf.o"; }
# names FOLDER: in it
names() { find "$MOUNT/$1" -mindepth 1 -maxdepth 1 -printf "%f\n" | sort | xargs; }
# first NAME: of its log
first() { head -n 1 "$LOAD/$1.log"; }
# answer NAME [FRAME]: what that dissector says of it
answer() {
	exec 3<>"$MOUNT/dissect/$1/input.csv"
	echo "${2-$TOY}" >&3
	tail -n +2 <&3 | cut -d , -f 5,7,15-18
	exec 3>&-
}
# refused NAME OBJECT ERROR WORDS [HINT]: it is, and the log says why
refused() {
	local name=$1 object=$2 error=$3 words=$4 hint=${5-}
	fails "$name: is refused" "$error" load "$object"
	same "$name: words" "failed: $words" "$(first "$object")"
	[ -z "$hint" ] || same "$name: hint" "hint: $hint" "$(sed -n 2p "$LOAD/$object.log")"
	ok "$name: leaves nothing but a log" test ! -e "$LOAD/$object.bpf.o" -a ! -e "$MOUNT/dissect/$object"
	rm "$LOAD/$object.log"
}

check_load() {
	same "nothing is there at first" "" "$(ls "$LOAD")"
	ok "an object is loaded" load toy
	same "and listed with its log" "toy.bpf.o toy.log" "$(names load)"
	same "its size" "$(stat -c %s "$TOOLS/toy.bpf.o")" "$(stat -c %s "$LOAD/toy.bpf.o")"
	same "its time" "" "$(find "$LOAD" -name toy.bpf.o -mmin +1)"
	ok "its bytes" cmp "$TOOLS/toy.bpf.o" "$LOAD/toy.bpf.o"
	same "its log" "loaded: flow dissector toy: instructions verified" "$(first toy | sed 's/[0-9]* instr/instr/')"
	ok "its log is libbpf's" grep -q "^libbpf: loading object 'toy'" "$LOAD/toy.log"
	same "it dissects" "OK,26,10.0.0.1,10.0.0.2,258,772" "$(answer toy)"
	same "the built-in one doesn't" "DROP,14,,,0,0" "$(answer builtin)"
	same "what it leaves to the kernel" "CONTINUE,14,,,0,0" "$(answer toy "${TOY/88b5/88b6}")"
	same "cut short" "DROP,14,,,0,0" "$(answer toy "${TOY:0:50}")"
	same "status" "loaded -" "$(awk '$1 == "load/toy.bpf.o" { print $2, $NF }' "$MOUNT/status")"
	same "its folder" "builtin compare explain flags input stream toy" "$(names dissect)"
	same "its files" "attach explain flags input stats stream" "$(names dissect/toy)"
	same "its flags" "OK,26,10.0.0.1,10.0.0.2,258,772" "$(answer toy/flags/parse_1st_frag)"
}

check_parts() {
	ok "an object of several programs is loaded" load toy_parts
	same "it is entered at _dissect" "loaded: flow dissector _dissect" "$(first toy_parts | cut -d : -f 1,2)"
	same "its program array is filled in" "OK,14,,,258,772" "$(answer toy_parts)"
	same "at its places" "DROP,14,,,0,0" "$(answer toy_parts "${TOY/88b5/88b6}")"
	same "a map that asks to be pinned is not" "" "$(find /sys/fs/bpf -name 'toy_*')"
	rm "$LOAD/toy_parts.bpf.o"
}

check_replace() {
	exec 4<>"$MOUNT/dissect/toy/input.csv"
	echo "$TOY" >&4
	ok "cp replaces" load toy_parts toy
	same "the new one answers" "OK,14,,,258,772" "$(answer toy)"
	same "who had opened the old one goes on with it" "OK,26" "$(tail -n +2 <&4 | cut -d , -f 5,7)"
	exec 4>&-
	ok "and back" load toy
	answer toy >"$SCRATCH/answer"
	fails "a wrong one does not" "Permission denied" load wrong_bound toy
	same "its log is kept" "failed: EACCES" "$(first toy | cut -d : -f 1,2)"
	same "status says so" "loaded failed:" "$(jq -r 'select(.name == "load/toy.bpf.o") | "\(.state) \(.reason[:7])"' "$MOUNT/status.json")"
	same "and the old one answers" "$(cat "$SCRATCH/answer")" "$(answer toy)"
	ok "and is still the file" cmp "$TOOLS/toy.bpf.o" "$LOAD/toy.bpf.o"
}

check_names() {
	ok "mv renames" mv "$LOAD/toy.bpf.o" "$LOAD/play-2_.bpf.o"
	same "with its log" "play-2_.bpf.o play-2_.log" "$(names load)"
	same "it answers by its new name" "OK,26,10.0.0.1,10.0.0.2,258,772" "$(answer play-2_)"
	fails "and not by the old one" "No such file" cat "$MOUNT/dissect/toy/input"
	load toy
	fails "mv replaces nothing" "File exists" mv -f "$LOAD/toy.bpf.o" "$LOAD/play-2_.bpf.o"
	fails "nor out of the folder" "Read-only" mv -n "$LOAD/toy.bpf.o" "$MOUNT/dissect/toy.bpf.o"
	for name in toy.o toy.bpf .bpf.o "a b.bpf.o" "a.b.bpf.o" $'a\n.bpf.o' "$(printf %049d 0).bpf.o"; do
		fails "no object is called $(printf %q "$name")" "Invalid argument" cp "$TOOLS/toy.bpf.o" "$LOAD/$name"
	done
	for name in builtin compare explain input flags stream; do
		fails "$name is taken" "File exists" load toy $name
	done
	load toy "$(printf %048d 0)"
	ok "a name of 48 letters" test -f "$LOAD/$(printf %048d 0).bpf.o"
	exec 4<>"$MOUNT/dissect/toy/input.csv"
	echo "$TOY" >&4
	ok "rm unloads" rm "$LOAD/toy.bpf.o" "$LOAD/play-2_.bpf.o" "$LOAD/$(printf %048d 0).bpf.o"
	same "with its log" "" "$(ls "$LOAD")"
	same "and its folder" "builtin compare explain flags input stream" "$(names dissect)"
	same "who had opened it goes on" "OK,26" "$(tail -n +2 <&4 | cut -d , -f 5,7)"
	exec 4>&-
	same "its program is gone then" "" "$(gone)"
}
# gone: a program of the objects that is still there after a while
gone() {
	local left
	for _ in $(seq 100); do
		left=$(jq -r 'select(.name == "toy" and .type == "flow_dissector") | .id' "$MOUNT/progs.json")
		[ -n "$left" ] || return
		sleep 0.05
	done
	echo "$left"
}

check_ways() {
	ok "cat" sh -c "cat '$TOOLS/toy.bpf.o' >'$LOAD/toy.bpf.o'"
	ok "dd, in small pieces" dd if="$TOOLS/toy.bpf.o" of="$LOAD/toy.bpf.o" bs=100 status=none
	ok "cp -p" cp -p "$TOOLS/toy.bpf.o" "$LOAD/toy.bpf.o"
	ok "install" install "$TOOLS/toy.bpf.o" "$LOAD/toy.bpf.o"
	cp "$TOOLS/toy.bpf.o" "$SCRATCH"
	ok "mv from elsewhere" mv "$SCRATCH/toy.bpf.o" "$LOAD"
	ok "busybox cp" busybox cp "$TOOLS/toy.bpf.o" "$LOAD/toy.bpf.o"
	same "it is the same every time" "OK,26,10.0.0.1,10.0.0.2,258,772" "$(answer toy)"
	ok "rsync --inplace" rsync --inplace "$TOOLS/toy.bpf.o" "$LOAD/toy.bpf.o"
	fails "what is written in part is an object as a whole" "Exec format error" \
		dd if=/dev/zero of="$LOAD/toy.bpf.o" bs=1 count=1 conv=notrunc
	ok "and the old one stays as it is" cmp "$TOOLS/toy.bpf.o" "$LOAD/toy.bpf.o"
	ok "a part that is the same" dd if="$TOOLS/toy.bpf.o" of="$LOAD/toy.bpf.o" bs=1 count=1 conv=notrunc
	ok "it is still the same" cmp "$TOOLS/toy.bpf.o" "$LOAD/toy.bpf.o"
	fails "more than 16 MiB" "File too large" dd if=/dev/zero of="$LOAD/large.bpf.o" bs=1M count=17
	rm -f "$LOAD"/*
}

check_refused() {
	echo "no object" >"$SCRATCH/text"
	fails "no ELF file" "Exec format error" cp "$SCRATCH/text" "$LOAD/text.bpf.o"
	same "no ELF file: words" "failed: ENOEXEC: it is no BPF object that libbpf can read" "$(first text)"
	fails "an ELF file of another kind" "Exec format error" cp "$BUILD/bpfview" "$LOAD/text.bpf.o"
	rm "$LOAD/text.log"
	refused "another type of program" other_maps "Protocol wrong type" \
		"EPROTOTYPE: program fill is of type raw_tracepoint" "only iterators and flow dissectors can be loaded"
	fails "a bound not proved" "Permission denied" load wrong_bound
	ok "a bound not proved: words" grep -q '^failed: EACCES: the kernel refused it: .*packet' "$LOAD/wrong_bound.log"
	same "a bound not proved: hint" \
		"hint: compare with data_end before each read, as dissect_header() of bpfview/dissect.bpf.h does" \
		"$(sed -n 2p "$LOAD/wrong_bound.log")"
	rm "$LOAD/wrong_bound.log"
	refused "no program to enter at" wrong_entry "Protocol wrong type" \
		"EPROTOTYPE: the object has 2 flow dissectors, and none is called _dissect" "call the one to enter at _dissect"
	refused "a large map" wrong_map "Permission denied" \
		"EACCES: the object's maps take 1280 MiB; they may take 64" "make max_entries of its maps smaller"
	fails "a loop without end" "Permission denied" load wrong_endless
	ok "a loop without end: the verifier's log" grep -q 'BEGIN PROG LOAD LOG' "$LOAD/wrong_endless.log"
	ok "a loop without end: to its end" grep -q '^processed [0-9]* insns' "$LOAD/wrong_endless.log"
	rm "$LOAD/wrong_endless.log"
	same "errors has them" "EACCES ENOEXEC EPROTOTYPE" "$(jq -r 'select(.path // "" | startswith("load/")) | .error' \
		"$MOUNT/errors.json" | grep -e ENOEXEC -e EPROTOTYPE -e EACCES | sort -u | xargs)"
}

# As compilers of other languages make them.
check_plain() {
	if ! command -v llvm-objcopy >/dev/null; then
		skip "objects without BTF" "llvm-objcopy is not installed"
		return
	fi
	llvm-objcopy --remove-section .BTF --remove-section .BTF.ext --remove-section .rel.BTF \
		--remove-section .rel.BTF.ext "$TOOLS/toy.bpf.o" "$SCRATCH/plain.bpf.o"
	ok "an object without BTF" cp "$SCRATCH/plain.bpf.o" "$LOAD"
	same "it dissects" "OK,26,10.0.0.1,10.0.0.2,258,772" "$(answer plain)"
	rm "$LOAD/plain.bpf.o"
	llvm-objcopy --rename-section .maps=maps "$TOOLS/toy_parts.bpf.o" "$SCRATCH/legacy.bpf.o"
	fails "one with maps of old" "Exec format error" cp "$SCRATCH/legacy.bpf.o" "$LOAD"
	same "its words" "failed: ENOEXEC: its maps are declared as libbpf has them no more since 1.0" "$(first legacy)"
	rm "$LOAD/legacy.log"
}

# Broken objects bring down the process that reads them, at the most. MUTATED: how many of them.
check_mutated() {
	local i size descriptors objects=(toy_parts own own_targets) object
	descriptors=$(find "/proc/$DAEMON/fd" | wc -l)
	RANDOM=4711
	for i in $(seq "${MUTATED:-$(count_of 300)}"); do
		object=$TOOLS/${objects[i % 3]}.bpf.o
		size=$(stat -c %s "$object")
		cp "$object" "$SCRATCH/mutated"
		for _ in 1 2 3 4; do
			printf %b "\\x$(printf %02x $((RANDOM % 256)))" |
				dd of="$SCRATCH/mutated" bs=1 seek=$(((RANDOM * 32768 + RANDOM) % size)) conv=notrunc status=none
		done
		[ $((i % 4)) -ne 0 ] || truncate -s $(((RANDOM * 32768 + RANDOM) % size)) "$SCRATCH/mutated"
		cp "$SCRATCH/mutated" "$LOAD/mutated.bpf.o" 2>/dev/null || continue
		find "$MOUNT/iters/mutated" -type f -exec cat {} + >/dev/null 2>&1
	done
	ok "broken objects do no harm" load toy
	same "and the mount answers" "OK,26,10.0.0.1,10.0.0.2,258,772" "$(answer toy)"
	rm -f "$LOAD"/*
	same "nothing is left of them" "$descriptors" "$(find "/proc/$DAEMON/fd" | wc -l)"
}

check_rights() {
	cp "$TOOLS/toy.bpf.o" "$SCRATCH" && chmod 755 "$SCRATCH" ${TMPDIR:+"$TMPDIR"}
	chmod 644 "$SCRATCH/toy.bpf.o"
	fails "another user loads nothing" "Permission denied" as_nobody cp "$SCRATCH/toy.bpf.o" "$LOAD/toy.bpf.o"
	load toy
	fails "nor replaces" "Permission denied" as_nobody cp "$SCRATCH/toy.bpf.o" "$LOAD/toy.bpf.o"
	fails "nor removes" "Permission denied" as_nobody rm -f "$LOAD/toy.bpf.o"
	fails "nor renames" "Permission denied" as_nobody mv "$LOAD/toy.bpf.o" "$LOAD/toy2.bpf.o"
	ok "but may look, as the mode says" as_nobody cmp "$SCRATCH/toy.bpf.o" "$LOAD/toy.bpf.o"
	fails "nothing is made elsewhere" "Read-only" touch "$MOUNT/new"
	fails "nothing is removed elsewhere" "Read-only" rm -f "$MOUNT/tasks"
	mount_stop
	mount_start
	fails "without -o load nothing is loaded" "Permission denied" load toy
	same "in words" "mount\x20with\x20-o\x20load" "$(tail -n 1 "$MOUNT/errors" | awk '{ print $NF }')"
	same "and the folder can't be written" 500 "$(stat -c %a "$MOUNT/load")"
}

check_load
check_parts
check_replace
check_names
check_ways
check_refused
check_plain
check_mutated
check_rights
