#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Readers that stop, are interrupted, killed or halted, and a daemon that ends while tables are read.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_readers.sh"

# spooled: the bytes of large tables that the daemon keeps in files
spooled() {
	find "/proc/$DAEMON/fd" -lname "$SPOOL/*" -exec stat -L -c %s {} + 2>/dev/null |
		awk '{ n += $1 } END { print n + 0 }'
}
# until_true COMMAND...: within 20 s
until_true() {
	for _ in $(seq 400); do
		"$@" && return 0
		sleep 0.05
	done
	return 1
}
is_spooled() { [ "$(spooled)" -ge "$1" ]; }
is_forgotten() { [ "$(spooled)" -eq 0 ]; }
works() { [ "$(wc -l <"$MOUNT/maps/$small")" -eq 301 ] && grep -q bpfview "$MOUNT/tasks"; }
# processor_time: what the daemon has used, in ticks
processor_time() { awk '{ print $14 + $15 }' "/proc/$DAEMON/stat"; }

ROWS=$((SMALL ? 400000 : 1200000))
SPOOL=$SCRATCH/spool
mkdir "$SPOOL"
mount_start -o spool="$SPOOL"
make_map 300
small=$map
make_map "$ROWS"
large=$MOUNT/maps/$map

# A reader that stops.
same "a reader that stops after one line" "KEY VALUE" "$(head -n 1 "$large" | tr -s ' ')"
ok "its table is forgotten" until_true is_forgotten
before=$(processor_time)
sleep 1
[ $(($(processor_time) - before)) -lt 20 ]
same "and costs nothing more" 0 $?

exec {opened}<"$large"
head -c 100 <&"$opened" >/dev/null
sleep 1
size=$(spooled)
[ "$size" -lt $((ROWS * 13)) ]
same "an open table is made a little ahead of its reader" 0 $?
same "and whole when its size is asked for" "$(stat -L -c %s /dev/fd/"$opened")" "$(spooled)"
exec {opened}<&-
ok "a closed one is forgotten" until_true is_forgotten

# start_waiting: ten readers that wait for all of a large table; sets waiting
start_waiting() {
	waiting=()
	for _ in $(seq 10); do
		env --default-signal=INT tail -c 10 "$large" >/dev/null 2>"$SCRATCH/waiting.err" &
		waiting+=($!)
	done
	started+=("${waiting[@]}")
	until_true is_spooled 4000000 || fail "ten readers wait"
}

# One that was not let go would end with the others, which take turns with it.
for signal in INT KILL; do
	start_waiting
	kill -"$signal" "${waiting[4]}"
	wait "${waiting[4]}" 2>/dev/null
	status=$?
	same "a waiting reader ends of SIG$signal" "$signal" "$(kill -l $status)"
	kill -0 "${waiting[9]}"
	same "SIG$signal: before the others have their tables" 0 $?
	ok "SIG$signal: the daemon goes on" works
	kill -KILL "${waiting[@]}" 2>/dev/null
	wait "${waiting[@]}" 2>/dev/null
	ok "SIG$signal: all tables are forgotten" until_true is_forgotten
done

# Halted readers, more of them than the daemon has threads.
halted=()
for _ in $(seq 16); do
	cat "$large" >/dev/null &
	halted+=($!)
	kill -STOP $!
done
started+=("${halted[@]}")
ok "halted readers: short tables" works
same "halted readers: a large table" $((ROWS + 1)) "$(wc -l <"$large")"
kill -CONT "${halted[@]}"
failed=0
for reader in "${halted[@]}"; do
	wait "$reader" || failed=$((failed + 1))
done
same "halted readers go on" 0 $failed
ok "all tables are forgotten" until_true is_forgotten

# The end.
start_waiting
exec {opened}<"$large"
exec {packets}<>"$MOUNT/dissect/input"
echo 00 >&"$packets"
mount_stop
same "SIGTERM amid ten large reads: the daemon ends with 0" 0 $?
ended=0
for reader in "${waiting[@]}"; do
	ended "$reader" && wait "$reader" 2>/dev/null || ended=$((ended + 1))
done
same "and no reader takes it for the table's end" 10 $ended
cat <&"$opened" >/dev/null 2>"$SCRATCH/opened.err"
same "nor one that comes back later" 1 $?
same "nothing is mounted" 0 "$(grep -c " $MOUNT " /proc/self/mounts)"
same "no file is left" 0 "$(find "$SPOOL" -type f | wc -l)"
exec {opened}<&- {packets}<&-
