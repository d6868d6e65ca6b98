#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every kind of reader gets the bytes that cat got: of a small map and of one of 50 MB (less on a slow
# machine), each reader by an open of its own, and of tasks, all by way of one open, since the next
# one's rows differ.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_readers.sh"

SMALL_ROWS=300
LARGE_ROWS=$((SMALL ? 60000 : 2000000))
UUTILS=
for folder in /usr/lib/cargo/bin/coreutils /usr/lib/rust-coreutils; do
	[ ! -x "$folder/cat" ] || UUTILS=$folder
done
export LC_ALL=C TERM=vt100 UUTILS

# A line a reader: its program, which has to be there (with a - before it: too slow for large tables);
# what it is called; the command, for $f, with a folder $T of its own. Its output and exit status have
# to be the same for the table as for a copy.
readers() {
	cat <<'END'
cat|cat|cat "$f"
-cat|cat, standard input|cat <"$f"
busybox|busybox cat|busybox cat "$f"
-busybox|busybox cp|busybox cp "$f" $T/x && cat $T/x
-busybox|busybox head|busybox head -n 7 "$f"
-busybox|busybox tail|busybox tail -n 7 "$f"
busybox|busybox wc|busybox wc "$f"
-head|head -n 3|head -n 3 "$f"
head|head -n -3|head -n -3 "$f"
-head|head -c 5000|head -c 5000 "$f"
-head|head -c -5000|head -c -5000 "$f"
tail|tail|tail "$f"
tail|tail -n +2|tail -n +2 "$f"
-tail|tail -c 5000|tail -c 5000 "$f"
tail|tail -f|sleep 0 & wait; tail -f -s 0.1 --pid=$! "$f"
-wc|wc -c|wc -c <"$f"
-wc|wc -l|wc -l "$f"
-wc|wc|wc <"$f"
less|less to a pipe|less "$f" | cat
-less|less at a terminal|printf Gq | script -E never -qec "less -n $f" /dev/null
-less|less -F to a pipe|less -F "$f" | cat
cp|cp|cp "$f" $T/x && cat $T/x
-cp|cp --reflink=never|cp --reflink=never "$f" $T/x && cat $T/x
-cp|cp --sparse=always|cp --sparse=always "$f" $T/x && cat $T/x
-install|install|install -m 600 "$f" $T/x && cat $T/x
dd|dd bs=1M|dd if="$f" bs=1M status=none
-dd|dd bs=7|dd if="$f" bs=7 count=3000 status=none
-dd|dd skip=|dd if="$f" bs=7 skip=1001 count=1000 status=none
-dd|dd skip= near the end|dd if="$f" bs=1 skip=$(($(wc -c <"$f") - 10)) status=none
dd|dd iflag=direct|dd if="$f" bs=64K iflag=direct status=none
-dd|dd iflag=nocache|dd if="$f" bs=64K iflag=nocache status=none
tac|tac|tac "$f"
grep|grep -c|grep -c 1 "$f"
-grep|grep -m1, then cat of the same descriptor|{ grep -m1 . && cat; } <"$f"
head|head -n 1, then cat of the same descriptor|{ head -n 1 && cat; } <"$f"
-bash|read, then cat of the same descriptor|{ read -r line && echo "$line" && cat; } <"$f"
bash|while read|n=0; while read -r line && [ $((n++)) -lt 500 ]; do echo "$line"; done <"$f"
-bash|mapfile|mapfile -n 5000 lines <"$f"; echo "${#lines[@]} ${lines[-1]}"
-bash|readarray, then the rest|{ mapfile -n 100 lines; echo "${#lines[@]}"; cat; } <"$f"
awk|awk|awk '{ n += NF; last = $NF } END { print NR, n, last }' "$f"
-sed|sed|sed 's/0/zero/' "$f"
sed|sed -n \$p|sed -n '$p' "$f"
-split|split|split -b 1M "$f" $T/x && cat $T/x*
cmp|cmp of two opens|cmp "$f" "$f"
-cmp|cmp -s of two opens|cmp -s "$f" "$f"
-md5sum|md5sum|md5sum <"$f"
-xxd|xxd|xxd "$f" | tail -n 50
-xxd|xxd -s|xxd -s 4090 -l 100 "$f"
-od|od|od -A d -t x1 "$f" | tail -n 50
-curl|curl|curl -s "file://${f/#[!\/]*/$PWD/$f}"
-git|git hash-object|git hash-object "$f"
-gzip|gzip|gzip -1 <"$f" | gzip -d
-zstd|zstd|zstd -q -1 <"$f" | zstd -q -d
rsync|rsync|rsync -L "$f" $T/x && cat $T/x
-tar|tar|tar -chPf - "$f" | tar -xOPf -
-python3|python3 read()|python3 -c 'import sys; sys.stdout.write(open(sys.argv[1]).read())' "$f"
python3|python3 shutil.copyfile|python3 -c 'import shutil, sys; shutil.copyfile(*sys.argv[1:])' "$f" $T/x && cat $T/x
-python3|python3 mmap|python3 -c 'import mmap, sys; sys.stdout.buffer.write(mmap.mmap(open(sys.argv[1]).fileno(), 0, prot=mmap.PROT_READ)[:])' "$f"
-perl|perl -0777|perl -0777 -ne print "$f"
-perl|perl -ne|perl -ne 'print if $. % 100 == 1' "$f"
-jq|jq -R|head -n 100 "$f" | jq -R -s length
$UUTILS/cat|uutils cat|$UUTILS/cat "$f"
-$UUTILS/cp|uutils cp|$UUTILS/cp "$f" $T/x && cat $T/x
-$UUTILS/head|uutils head|$UUTILS/head -n 7 "$f"
-$UUTILS/head|uutils head -n -7|$UUTILS/head -n -7 "$f"
-$UUTILS/tail|uutils tail|$UUTILS/tail -n 7 "$f"
-$UUTILS/wc|uutils wc|$UUTILS/wc <"$f"
-$UUTILS/wc|uutils wc -c|$UUTILS/wc -c "$f"
-$UUTILS/tac|uutils tac|$UUTILS/tac "$f"
-$UUTILS/md5sum|uutils md5sum|$UUTILS/md5sum <"$f"
END
	for way in -odd -large -nonblock -direct -readv -poll pread sendfile splice \
		-copy_file_range private shared -seek; do
		echo "${way%%[a-z]*}cat|C: ${way#-}|\$TOOLS/read_ways ${way#-} \"\$f\""
	done
}

# run_reader FOLDER COMMAND: prints what it gives for $f there
run_reader() (
	cd "$1" || exit
	export T=$SCRATCH/own
	mkdir "$T"
	timeout 60 bash -c "$2" 2>"$SCRATCH/reader.err"
	echo "exit $?"
	rm -r "$T"
)

# compare_reader NAME COMMAND [OF-COPY]: what it gives for $f in $table and in $copy, files or
# standard input
compare_reader() {
	run_reader "$table" "$2" 3<&"$opened" >"$SCRATCH/got"
	cp "$SCRATCH/reader.err" "$SCRATCH/got.err"
	run_reader "$copies" "${3-$2}" 3<"$copy" >"$SCRATCH/expected"
	if cmp "$SCRATCH/expected" "$SCRATCH/got" >"$SCRATCH/difference" 2>&1; then
		pass "$1"
	else
		fail "$1" "$(cat "$SCRATCH/difference" "$SCRATCH/got.err")" \
			"bytes: $(wc -c <"$SCRATCH/expected") expected, $(wc -c <"$SCRATCH/got")"
	fi
}

# compare_readers WHAT [all]: those for large tables, or all
compare_readers() {
	local program name command
	while IFS='|' read -r program name command <&5; do
		[[ $program != -* || ${2-} == all ]] || continue
		program=${program#-}
		program=${program/\$UUTILS/$UUTILS}
		if ! command -v "$program" >/dev/null; then
			skip "$1: $name" "there is no ${name%% *}"
		elif [[ $name == *direct ]] && ! dd if="$copy" of=/dev/null iflag=direct count=1 2>"$SCRATCH/dd"; then
			# The copy is in a file system that can't do this.
			compare_reader "$1: $name" "$command" "cat \"\$f\""
		else
			compare_reader "$1: $name" "$command"
		fi
	done 5< <(readers)
}

# compare_map WHAT ROWS [all]: each reader by an open of its own
compare_map() {
	make_map "$2"
	export f=$map
	copy=$copies/$f
	cat "$MOUNT/maps/$f" >"$copy"
	same "$1: rows" $(($2 + 1)) "$(wc -l <"$copy")"
	exec {opened}</dev/null
	table=$MOUNT/maps
	compare_readers "$1" "${3-}"
}

copies=$SCRATCH/copies
mkdir "$copies"
mount_start
export TOOLS SCRATCH

compare_map "small map" $SMALL_ROWS all
compare_map "large map" "$LARGE_ROWS"

sleepers=()
for i in $(seq 20); do
	sleep 1000 &
	sleepers+=($!)
done
started+=("${sleepers[@]}")
# A process bears its shell's name until it has become what it was made for.
for i in "${sleepers[@]}"; do
	until [ "$(<"/proc/$i/comm")" == sleep ]; do sleep 0.01; done
done
exec {opened}<"$MOUNT/tasks"
copy=$copies/tasks
cat <&"$opened" >"$copy"
for i in "${sleepers[@]}"; do
	[ "$(awk -v pid="$i" '$1 == pid && $NF == "sleep"' "$copy" | wc -l)" -eq 1 ] ||
		fail "tasks: a row for each process" "none for $i"
done
table=$MOUNT
export f=/dev/fd/3
compare_readers "tasks, one open" all
