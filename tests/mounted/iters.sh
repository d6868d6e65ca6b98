#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# iters/: iterators that come in by cp, with their parameters and instances.
. "$(dirname "$0")/lib.sh"
mount_start -o load,allow_other,mode=644
LOAD=$MOUNT/load
OWN=$MOUNT/iters/own
PARAMS=$OWN/params
COMM=$(cat /proc/$$/comm)
TREE=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)

# load OBJECT [NAME]
load() { cp "$TOOLS/$1.bpf.o" "$LOAD/${2:-$1}.bpf.o"; }
# names FOLDER: in it
names() { find "$MOUNT/$1" -mindepth 1 -maxdepth 1 -printf "%f\n" | sort | xargs; }
# set NAME VALUE; wrong NAME VALUE ERRNO WORDS: it is refused, and stays as it is
set_to() { echo "$2" >"$PARAMS/$1"; }
wrong() {
	local before
	before=$(cat "$PARAMS/$1")
	fails "$1 is not $2" "write error" set_to "$1" "$2"
	same "$1 is not $2: why" "$3,$4" "$(jq -r --arg path "iters/own/params/$1" \
		'select(.path == $path) | .error + "," + .message' "$MOUNT/errors.json" | tail -n 1)"
	same "$1 is not $2: it stays" "$before" "$(cat "$PARAMS/$1")"
}

check_load() {
	same "nothing is there at first" "" "$(names iters)"
	ok "an object is loaded" load own
	same "its log" "loaded: iterator rows of task, iterator text of task" "$(head -n 1 "$LOAD/own.log")"
	same "its folder" own "$(names iters)"
	same "its programs" "params rows text" "$(names iters/own)"
	same "its columns" "PID SCALED COMM" "$(head -n 1 "$OWN/rows" | xargs)"
	same "a row" "{\"pid\":$$,\"scaled\":$$,\"comm\":\"$COMM\"}" "$(grep "{\"pid\":$$," "$OWN/rows.json")"
	same "as CSV" "$$,$$,$COMM" "$(grep "^$$," "$OWN/rows.csv")"
	same "all processes" "" "$(comm -13 <(sort "$OWN/text") <(printf '%s\n' $$ $PPID | sort))"
	same "text to its end" "end -3" "$(tail -n 1 "$OWN/text")"
	fails "text is no table" "No such file" cat "$OWN/text.json"
	same "it is no dissector" "" "$(find "$MOUNT/dissect" -name own)"
	same "status" "loaded" "$(awk '$1 == "load/own.bpf.o" { print $2 }' "$MOUNT/status")"
}

check_parameters() {
	same "all are there" ".pid .tid factor least_pid pair seen tiny twice wanted which" "$(names iters/own/params)"
	same "their values" '.pid= .tid= factor=1 least_pid=0 pair={"one":1,"two":2} tiny=-3 twice=false wanted= which=ALL' \
		"$(for name in $(names iters/own/params); do [ "$name" == seen ] || echo "$name=$(cat "$PARAMS/$name")"; done | xargs -d '\n')"
	ok "one that is counted" [ "$(cat "$PARAMS/seen")" -gt 0 ]
	set_to wanted "$COMM"
	set_to which NAMED
	set_to factor 3
	set_to least_pid $$
	same "they hold from the next open" "{\"pid\":$$,\"scaled\":$(($$ * 3)),\"comm\":\"$COMM\"}" \
		"$(grep "{\"pid\":$$," "$OWN/rows.json")"
	same "for others too" "" "$(awk "\$1 < $$ && \$1 != \"end\"" "$OWN/text")"
	same "and no other row comes" "$COMM" "$(jq -r .comm "$OWN/rows.json" | sort -u)"
	set_to twice true
	same "a bool" 2 "$(grep -c "{\"pid\":$$," "$OWN/rows.json")"
	set_to twice 0
	set_to which OWN_ALL
	same "an enum by its whole name" ALL "$(cat "$PARAMS/which")"
	set_to which 1
	same "or number" NAMED "$(cat "$PARAMS/which")"
	printf 16 >"$PARAMS/least_pid"
	same "without a newline" 16 "$(cat "$PARAMS/least_pid")"
	set_to least_pid 0x10
	same "a number in hex" 16 "$(cat "$PARAMS/least_pid")"
	wrong least_pid 4294967296 ERANGE "least_pid has 4 bytes: 4294967296 is too much for it"
	wrong least_pid -1 ERANGE "least_pid has 4 bytes: -1 is too much for it"
	wrong tiny 128 ERANGE "tiny has 1 bytes: 128 is too much for it"
	wrong tiny -129 ERANGE "tiny has 1 bytes: -129 is too much for it"
	wrong factor ten EINVAL "factor is a number, and not ten"
	wrong factor "" EINVAL "factor is a number, and not "
	wrong twice maybe EINVAL "twice is true or false, and not maybe"
	wrong which SOME EINVAL "which is an enum, which has other names, and not SOME"
	wrong wanted 0123456789abcdef ERANGE "wanted has 16 bytes: 0123456789abcdef is too much for it"
	wrong pair 1 EINVAL "pair can't be written as text"
	wrong .pid none EINVAL "a task has a number, and not none"
	for value in -128 127; do
		set_to tiny $value
		same "tiny is $value" $value "$(cat "$PARAMS/tiny")"
	done
	fails "no other" "Read-only" touch "$PARAMS/other"
	set_to which ALL
	set_to .pid $$
	same "one process alone" $$ "$(jq .pid "$OWN/rows.json")"
	set_to .tid $$
	same "or one thread" " $$ $$" "$(cat "$PARAMS/.pid") $(cat "$PARAMS/.tid") $(jq .pid "$OWN/rows.json")"
	bash -c : &
	local gone=$!
	wait "$gone"
	set_to .tid "$gone"
	fails "a thread that has gone" "No such file" cat "$OWN/rows"
	set_to .pid "$gone"
	fails "a process that has gone" "No such file" cat "$OWN/rows"
	same "why" "process $gone does not exist" "$(jq -r .message "$MOUNT/errors.json" | tail -n 1)"
	set_to .pid ""
	exec 3<"$OWN/rows.json"
	head -c 1 <&3 >"$SCRATCH/first"
	set_to least_pid 4000000000
	same "who has it open goes on" "1" "$(grep -c "\"pid\":$$," <&3)"
	exec 3<&-
	same "who opens it then does not" "" "$(cat "$OWN/rows.json")"
	set_to least_pid 0
}

check_instances() {
	ok "mkdir makes an instance" mkdir "$MOUNT/iters/own+web"
	same "beside the first" "own own+web" "$(names iters)"
	same "with the object's own values" "1 0" "$(cd "$OWN+web/params" && cat factor least_pid | xargs)"
	echo 7 >"$OWN+web/params/factor"
	same "each has its own" "$(($$ * 3)) $(($$ * 7))" \
		"$(jq "select(.pid == $$) | .scaled" "$OWN/rows.json" "$OWN+web/rows.json" | xargs)"
	fails "its name is taken" "File exists" mkdir "$MOUNT/iters/own+web"
	fails "none without an object" "No such file" mkdir "$MOUNT/iters/none+web"
	for name in own+ own+a.b "own+a b" web "+web"; do
		fails "$name is no name for one" ": " mkdir "$MOUNT/iters/$name"
	done
	load own
	same "an object that is replaced keeps what was written" "3 7" \
		"$(cat "$OWN/params/factor" "$OWN+web/params/factor" | xargs)"
	fails "another with a row that is wrong replaces nothing" "Invalid" load wrong_row own
	same "and all are still there" "3 7" "$(cat "$OWN/params/factor" "$OWN+web/params/factor" | xargs)"
	ok "mv takes them along" mv "$LOAD/own.bpf.o" "$LOAD/other.bpf.o"
	same "to their new name" "other other+web" "$(names iters)"
	same "as they are" 7 "$(cat "$MOUNT/iters/other+web/params/factor")"
	mv "$LOAD/other.bpf.o" "$LOAD/own.bpf.o"
	ok "rmdir ends one" rmdir "$OWN+web"
	fails "but not the first" "busy" rmdir "$OWN"
	mkdir "$OWN+web"
	ok "rm unloads all" rm "$LOAD/own.bpf.o"
	same "none is left" "" "$(names iters)"
}

check_cgroups() {
	local own=$MOUNT/iters/own_targets outer inner
	if [ -z "$TREE" ]; then
		skip "cgroups" "no cgroups of version 2 are mounted"
		return
	fi
	outer=$TREE/bpfview_$$
	inner=$outer/inner
	mkdir -p "$inner"
	echo "bpfview_$$" >"$own/params/.cgroup"
	same "a cgroup, and those in it" "$(stat -c %i "$outer" "$inner")" "$(cat "$own/groups")"
	echo post >"$own/params/.order"
	same "the other way round" "$(stat -c %i "$inner" "$outer")" "$(cat "$own/groups")"
	echo self >"$own/params/.order"
	echo "$inner" >"$own/params/.cgroup"
	same "itself alone, by its whole path" "$(stat -c %i "$inner")" "$(cat "$own/groups")"
	echo ancestors >"$own/params/.order"
	same "and up from it" "$(stat -c %i "$inner" "$outer" "$TREE")" "$(cat "$own/groups")"
	fails "no such order" "write error" bash -c "echo down >'$own/params/.order'"
	fails "no such cgroup" "write error" bash -c "echo none_$$ >'$own/params/.cgroup'"
	rmdir "$inner" "$outer"
	fails "a cgroup that is gone" "No such file" cat "$own/groups"
}

# Each pass sets where it starts, and nothing else of the object.
check_passes() {
	local params=$MOUNT/iters/passes/params
	ok "a view in passes" load passes
	same "its variables" ".cgroup .order below beside" "$(names iters/passes/params)"
	echo 7 >"$params/below"
	echo 8 >"$params/beside"
	same "all cgroups" "$(jq .id "$MOUNT/cgroups.json" | wc -l)" "$(jq .id "$MOUNT/iters/passes/passes.json" | wc -l)"
	same "its variables stay as they are" "7 8" "$(cat "$params/below" "$params/beside" | xargs)"
	rm "$LOAD/passes.bpf.o"
}

check_targets() {
	local own=$MOUNT/iters/own_targets map pin=/sys/fs/bpf/bpfview_test_$$
	if refuses_elements; then
		skip "targets" "$REFUSES_ELEMENTS"
		return
	fi
	load own_targets
	same "a target's own parameters" ".cgroup .map .order" "$(names iters/own_targets/params)"
	fails "a map has to be said" "Invalid argument" cat "$own/elements"
	bpftool map create "$pin" type hash key 4 value 8 entries 9 name own_$$
	bpftool map update pinned "$pin" key 1 0 0 0 value 2 0 0 0 3 0 0 0
	map=$(bpftool -j map show pinned "$pin" | jq .id)
	echo "$map" >"$own/params/.map"
	same "a map by its id" '{"key":1,"high":3,"low":2}' "$(cat "$own/elements.json")"
	echo "own_$$" >"$own/params/.map"
	same "or name" '{"key":1,"high":3,"low":2}' "$(cat "$own/elements.json")"
	rm "$pin"
	fails "one that is gone" "No such file" cat "$own/elements"
	fails "none of that name" "write error" bash -c "echo none >'$own/params/.map'"

	check_cgroups
	same "sockets of the reader's network namespace" 4711 "$(unshare -n sh -c "ip link set lo up
		busybox nc -l -p 4711 </dev/null & sleep 0.2; cat '$own/sockets'; kill \$!" 2>/dev/null)"
	rm "$LOAD/own_targets.bpf.o"
}

check_refused() {
	# refused OBJECT ERROR LOG HINT
	refused() {
		fails "$1 is refused" "$2" load "$1"
		same "$1: words" "failed: $3" "$(head -n 1 "$LOAD/$1.log")"
		same "$1: hint" "hint: $4" "$(sed -n 2p "$LOAD/$1.log")"
		rm "$LOAD/$1.log"
	}
	refused wrong_row "Invalid argument" "EINVAL: struct holes_row has a hole of 7 bytes at byte 1, after or in small" \
		"order members from wide to narrow, or declare the padding"
	refused wrong_helper "Permission denied" "EACCES: program signals calls bpf_send_signal" \
		"programs loaded here may only look"
	refused wrong_inner "Permission denied" "EACCES: program hides calls bpf_send_signal" \
		"programs loaded here may only look"
	refused wrong_kfunc "Permission denied" "EACCES: program ends calls bpf_sock_destroy" \
		"programs loaded here may only look"
	refused wrong_sleepable "Permission denied" \
		"EACCES: the kernel does not iterate iter.s/bpf_prog for program sleeps: Invalid argument" \
		"iter.s/ is for task, task_file, task_vma, cgroup, ksym, kmem_cache and dmabuf"
	refused wrong_target "not supported" \
		"EOPNOTSUPP: the kernel refused it: libbpf: prog 'wishes': failed to find kernel BTF type ID of 'wishes': -3" \
		"this kernel has no such iterator: README has those there are, by kernel"
	fails "a type of the kernel under another license" "Permission denied" load wrong_license
	same "its hint" 'hint: it needs char LICENSE[] SEC("license") = "GPL"' "$(sed -n 2p "$LOAD/wrong_license.log")"
	fails "a member that the kernel lacks" "Permission denied" load wrong_member
	same "its hint" "hint: this kernel has no such type or member: ask with bpf_core_field_exists()" "$(sed -n 2p "$LOAD/wrong_member.log")"
	rm "$LOAD"/wrong_*
}

check_pins() {
	local folder=/sys/fs/bpf path=/sys/fs/bpf/bpfview_test_$$
	if [ "$(stat -f -c %T "$folder")" != bpf_fs ]; then
		skip "pins" "no BPF filesystem is mounted"
		return
	fi
	load own
	set_to least_pid 4000000000
	ok "a program is pinned" ln -s "$path" "$OWN/text.pin"
	same "where" "$path" "$(readlink "$OWN/text.pin")"
	same "it is listed" "params rows text text.pin" "$(names iters/own)"
	same "and gives its text there" "end -3" "$(cat "$path")"
	same "pins has it" "link task" "$(jq -r "select(.path == \"$path\") | .kind + \" \" + .name" "$MOUNT/pins.json")"
	fails "once" "File exists" ln -s "$path.2" "$OWN/text.pin"
	fails "no other program there" "File exists" ln -s "$path" "$OWN/text.pin"
	fails "rows are not pinned" "Protocol wrong type" ln -s "$path.2" "$OWN/rows.pin"
	fails "nor elsewhere" "Operation not permitted" sh -c "rm '$OWN/text.pin' && ln -s '$SCRATCH/pin' '$OWN/text.pin'"
	same "rm unpins" "" "$(find "$folder" -name "${path##*/}*")"
	fails "nor within the mount" "Operation not permitted" timeout 20 ln -s "$LOAD/own.pin" "$OWN/text.pin"
	fails "a whole path it is" "Invalid argument" ln -s pin "$OWN/text.pin"
	fails "of a program" "No such file" ln -s "$path" "$OWN/other.pin"
	ln -s "$path" "$OWN/text.pin"
	rm "$path"
	bpftool map create "$path" type hash key 4 value 8 entries 9 name own_$$
	ok "what others pin there" rm "$OWN/text.pin"
	ok "stays" test -e "$path"
	same "and pins has that as well" "map own_$$" "$(jq -r "select(.path == \"$path\") | .kind + \" \" + .name" "$MOUNT/pins.json")"
	rm "$path"
	ln -s "$path" "$OWN/text.pin"
	rm "$LOAD/own.bpf.o"
	mount_stop
	same "a pin goes on without its object, and without the daemon" "end -3" "$(cat "$path")"
	rm "$path"
	mount_start -o load,allow_other,mode=644
}

# Sources are compiled first, against include/.
check_sources() {
	local include=$MOUNT/include
	same "include/ has the headers of programs" "" "$(diff -r "$TOP/include/bpfview" "$include/bpfview" 2>&1)"
	if command -v pkg-config >/dev/null; then
		same "and libbpf's" "" "$(for name in bpf_helpers.h bpf_helper_defs.h bpf_core_read.h bpf_endian.h bpf_tracing.h; do
			cmp "$(pkg-config --variable=includedir libbpf)/bpf/$name" "$include/bpf/$name"; done 2>&1)"
	else
		skip "libbpf's headers" "they are not here to compare with"
	fi
	ok "and the kernel's types" grep -q '^struct task_struct {' "$include/vmlinux.h"
	if ! command -v clang >/dev/null; then
		printf 'int x;\n' >"$SCRATCH/any.bpf.c"
		fails "a source without clang" "not supported" cp "$SCRATCH/any.bpf.c" "$LOAD"
		same "words" "failed: EOPNOTSUPP: clang is not installed" "$(head -n 1 "$LOAD/any.log")"
		skip "sources" "clang is not installed"
		return
	fi
	cat >"$SCRATCH/kinds.bpf.c" <<-'END'
		#include "vmlinux.h"
		#include <bpfview/view.bpf.h>

		char LICENSE[] SEC("license") = "GPL";

		struct kinds_row {
			__u32 pid;
			__u32 kernel;
		};
		BPFVIEW_ROW(kinds);

		SEC("iter/task")
		int kinds(struct bpf_iter__task *ctx)
		{
			struct task_struct *task = ctx->task;
			struct kinds_row row = {};

			if (!task)
				return 0;
			row.pid = task->pid;
			row.kernel = !task->mm;
			bpfview_write_row(ctx->meta->seq, &row);
			return 0;
		}
	END
	ok "a source is compiled and loaded" cp "$SCRATCH/kinds.bpf.c" "$LOAD"
	same "and stays beside its object" "kinds.bpf.c kinds.bpf.o kinds.log" "$(names load)"
	ok "as it was" cmp "$SCRATCH/kinds.bpf.c" "$LOAD/kinds.bpf.c"
	same "it works" "{\"pid\":$$,\"kernel\":0}" "$(grep "{\"pid\":$$," "$MOUNT/iters/kinds/kinds.json")"
	ok "clang alone makes the same of it" clang -O2 -g -target bpf -I "$include" -c "$SCRATCH/kinds.bpf.c" -o "$SCRATCH/kinds.bpf.o"
	ok "and that loads" cp "$SCRATCH/kinds.bpf.o" "$LOAD"
	same "then there is no source" "kinds.bpf.o kinds.log" "$(names load)"
	sed 's/row.pid = /row.pod = /' "$SCRATCH/kinds.bpf.c" >"$SCRATCH/wrong.bpf.c"
	fails "one that is wrong" "Invalid argument" cp "$SCRATCH/wrong.bpf.c" "$LOAD/kinds.bpf.c"
	ok "clang's words have the line" grep -q "^failed: EINVAL: kinds.bpf.c:[0-9]*:5: error: no member named 'pod'" "$LOAD/kinds.log"
	ok "and all of them are there" grep -q "row.pod = task->pid;" "$LOAD/kinds.log"
	same "the old one stays" "{\"pid\":$$,\"kernel\":0}" "$(grep "{\"pid\":$$," "$MOUNT/iters/kinds/kinds.json")"
	fails "a wish for other files" "Invalid argument" sh -c "echo '#include \"none.h\"' >'$SCRATCH/none.bpf.c' && cp '$SCRATCH/none.bpf.c' '$LOAD'"
	cat >"$SCRATCH/libc.bpf.c" <<-'END'
		#include <limits.h>
		#include <sys/socket.h>
		#include <linux/bpf.h>
		#include <bpf/bpf_helpers.h>

		SEC("flow_dissector") int libc(struct __sk_buff *packet) { return AF_INET; }
	END
	ok "one with libc's headers" cp "$SCRATCH/libc.bpf.c" "$LOAD"
	rm "$LOAD"/libc.bpf.*
	cp "$SCRATCH/kinds.bpf.c" "$LOAD"
	ok "rm of a source" rm "$LOAD/kinds.bpf.c"
	ok "leaves the object" test -e "$MOUNT/iters/kinds/kinds"
	rm -f "$LOAD"/*
}

# Changes wait for one another, and nothing else for them.
check_waits() {
	local copies=()
	command -v clang >/dev/null || return 0
	mkfifo "$SCRATCH/never"
	echo "#include \"$SCRATCH/never\"" >"$SCRATCH/slow.bpf.c"
	for i in 1 2 3 4 5 6; do
		cp "$SCRATCH/slow.bpf.c" "$LOAD/slow$i.bpf.c" 2>/dev/null &
		copies+=($!)
	done
	exec {never}<>"$SCRATCH/never"
	sleep 0.3
	ok "tables open while changes wait for clang" timeout 5 cat "$MOUNT/progs" "$MOUNT/tasks"
	exec {never}>&-
	while pgrep -P "$DAEMON" clang >/dev/null || kill -0 "${copies[@]}" 2>/dev/null; do
		timeout 0.2 dd if=/dev/null of="$SCRATCH/never" status=none
	done
	wait "${copies[@]}"
	rm "$SCRATCH/never"
}

# Objects of a folder, at the mount.
check_folder() {
	local folder=$SCRATCH/objects
	mkdir "$folder"
	cp "$TOOLS/own.bpf.o" "$TOOLS/toy.bpf.o" "$TOOLS/wrong_row.bpf.o" "$folder"
	echo "int x;" >"$folder/any.bpf.c"
	mount_stop
	mount_start -o "load=$folder" 2>"$SCRATCH/words"
	same "those that load are there" "own.bpf.o own.log toy.bpf.o toy.log wrong_row.log" "$(names load)"
	ok "a source is left, with words" grep -q "any.bpf.c: sources are not compiled at the mount" "$SCRATCH/daemon.log"
	ok "and work" cat "$OWN/rows" "$MOUNT/dissect/toy/stats"
	fails "nobody loads more" "Permission denied" load toy other
	fails "nor sets anything" "rror" sh -c "echo 1 >'$PARAMS/factor'"
	mount_stop
	chmod 777 "$folder"
	mkdir "$SCRATCH/open"
	fails "a folder that others can write" "others than root can write it" "$BUILD/bpfview" -o "load=$folder" "$SCRATCH/open"
	chmod 755 "$folder"
	chmod 666 "$folder/own.bpf.o"
	mount_start -o "load=$folder" 2>"$SCRATCH/words"
	same "an object that others can write" "toy.bpf.o toy.log wrong_row.log" "$(names load)"
	mount_stop
	mount_start -o load,allow_other,mode=644
}

check_rights() {
	chmod 755 "$SCRATCH" ${TMPDIR:+"$TMPDIR"}
	load own
	fails "another user sets nothing" "Permission denied" as_nobody sh -c "echo 1 >'$PARAMS/factor'"
	fails "nor makes an instance" "Permission denied" as_nobody mkdir "$OWN+web"
	fails "nor ends one" "Permission denied" as_nobody rmdir "$OWN"
	ok "but may read, as the mode says" as_nobody cat "$OWN/rows" "$PARAMS/factor"
	fails "no folder is made elsewhere" "Read-only" mkdir "$MOUNT/new"
	mount_stop
	mount_start
	fails "without the option there are no instances" "Permission denied" mkdir "$MOUNT/iters/own+web"
}

# view NAME: loads that view as an object of a user, whose sources are elsewhere
view() {
	local folder=$SCRATCH/elsewhere
	if ! command -v clang >/dev/null; then
		cp "$BUILD/bpf/$1.bpf.o" "$LOAD"
		return
	fi
	mkdir -p "$folder"
	cp "$TOP"/bpf/*.h "$TOP/bpf/$1.bpf.c" "$folder"
	(cd "$folder" && clang -O2 -g -target bpf -mcpu=v3 -I "$MOUNT/include" \
		-idirafter "/usr/include/$(uname -m)-linux-gnu" -c "$1.bpf.c" -o "$LOAD/$1.bpf.o")
}

# It shows what it showed.
check_views() {
	ok "a view as a user's object" view ksyms
	cat "$MOUNT/ksyms" >"$SCRATCH/ksyms"
	same "all of its bytes" "" "$(cmp "$MOUNT/iters/ksyms/ksyms" "$SCRATCH/ksyms" 2>&1)"
	ok "another" view route6
	same "all of its bytes too" "" "$(unshare -n sh -c "ip link set lo up && cat '$MOUNT/net/route6.json' >'$SCRATCH/route6' &&
		cmp '$MOUNT/iters/route6/route6.json' '$SCRATCH/route6'" 2>&1)"
	same "and it has some" true "$([ -s "$SCRATCH/route6" ] && echo true)"
	rm "$LOAD"/*.o
}

check_load
check_parameters
check_instances
check_passes
check_targets
check_refused
check_views
check_pins
check_sources
check_waits
check_folder
check_rights
