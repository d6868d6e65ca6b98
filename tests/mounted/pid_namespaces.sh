#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Processes are numbered, and seen or not, as the reader's pid namespace has it.
. "$(dirname "$0")/lib.sh"

outer=
cleanup() {
	[ -z "$outer" ] || kill -KILL "$outer" 2>/dev/null
	wait "$outer" 2>/dev/null
}

mount_start # first, as the namespaces' mounts are copies

# A namespace whose first process has a child, and a namespace in it with two more. Each first
# process sees a /proc of its own namespace, and has a socket.
mkdir "$SCRATCH/inner"
cat >"$SCRATCH/world" <<'END'
exec 3<>/dev/udp/127.0.0.1/4243
sleep 601 3<&- &
unshare --pid --fork --mount-proc --kill-child bash -c 'exec 3<>/dev/udp/127.0.0.1/4244
	sleep 602 3<&- & echo $! >"$0/sleeper"; echo ready >"$0/ready"; exec sleep 603' "$SCRATCH/inner" &
echo $! >"$SCRATCH/unshare"
exec sleep 604
END
# shellcheck disable=SC2016 # the inner shell's
SCRATCH=$SCRATCH unshare --pid --fork --net --mount-proc --kill-child bash -c \
	'ip link set lo up; exec bash "$SCRATCH/world"' &
outer=$!
for _ in $(seq 500); do
	[ ! -e "$SCRATCH/inner/ready" ] || break
	sleep 0.02
done

# child PID: the first child of a process, as the machine numbers it
child() { pgrep -P "$1" -o; }
first=$(child "$outer")
second=$(child "$(pgrep -P "$first" -x unshare)")
# inside PID COMMAND...: in the pid and network namespaces of a process
inside() { nsenter --target "$1" --pid --net --mount "${@:2}"; }
# numbers TABLE FILTER: of the rows, [pid, global_pid, comm, ...]
numbers() { jq -c "[$1]" | sort; }

# proc PID: what the /proc of that process's namespace says: pid, ppid and comm of each process but
# those that ask
proc() {
	# shellcheck disable=SC2016 # the inner shell's
	inside "$1" bash -c 'for stat in /proc/[0-9]*/stat; do
		read -r pid comm _ ppid _ <"$stat" && echo "[$pid,$ppid,\"${comm:1:-1}\"]"
	done 2>/dev/null' | grep -vE '"(bash|nsenter|cat)"' | sort
}
# shown PID: the same from tasks
shown() {
	inside "$1" cat "$MOUNT/tasks.json" | jq -c '[.pid, .ppid, .comm]' |
		grep -vE '"(bash|nsenter|cat)"' | sort
}
same "tasks: the processes of the namespace" "$(proc "$first")" "$(shown "$first")"
same "tasks: of a namespace in it" "$(proc "$second")" "$(shown "$second")"
about <(inside "$first" cat "$MOUNT/tasks.json")
ask "tasks: the global number is beside it, and a parent outside has the number 0" "[1,$first,0]" \
	'select(.pid == 1) | [.pid, .global_pid, .ppid]'
about <(inside "$second" cat "$MOUNT/tasks.json")
ask "tasks: the global number in the other namespace" "[1,$second]" 'select(.pid == 1) | [.pid, .global_pid]'
about "$MOUNT/tasks.json"
ask "tasks: the machine's numbers are the global ones" "[$first,null,$outer]" \
	"select(.pid == $first) | [.pid, .global_pid, .ppid]"

for view in threads files sockets vmas; do
	same "$view: none but the namespace's" \
		"$(proc "$second" | sed 's/^\[\([0-9]*\),.*/\1/' | tr '\n' ' ')" \
		"$(inside "$second" cat "$MOUNT/$view.json" "$MOUNT/tasks.json" |
			jq -r 'select(.comm | IN("bash", "nsenter", "cat") | not).pid' | sort -un | tr '\n' ' ')"
done
about <(inside "$second" cat "$MOUNT/sockets.json")
ask "sockets: numbers" "[1,3,$second]" '[.pid, .fd, .global_pid]'
about <(inside "$second" cat "$MOUNT/threads.json")
ask "threads: numbers" "[1,1,$second,$second]" \
	'select(.tid == 1) | [.pid, .tid, .global_pid, .global_tid]'
same "net/udp: the owner's number, for those who see it" \
	'[4243,null,null,null] [4243,1,3,"sleep"] [4243,'"$first"',3,"sleep"]' \
	"$({
		inside "$second" cat "$MOUNT/net/udp.json"
		inside "$first" cat "$MOUNT/net/udp.json"
		nsenter --target "$first" --net cat "$MOUNT/net/udp.json"
	} | jq -c 'select(.remote_port == 4243) | [.remote_port, .pid, .fd, .comm]' | paste -s -d ' ')"

sleeper=$(<"$SCRATCH/inner/sleeper")
same "pid/<pid>/: by the reader's number" "[$sleeper,\"sleep\"]" \
	"$(inside "$second" cat "$MOUNT/pid/$sleeper/threads.json" | jq -c '[.pid, .comm]')"
fails "pid/<pid>/: a number that is the machine's" "No such file" \
	inside "$second" cat "$MOUNT/pid/$second/threads"
same "pid/: the processes of the namespace" "$(inside "$first" ls /proc | grep -c '^[1-9]')" \
	"$(inside "$first" ls "$MOUNT/pid" | wc -l)"
same "pid/: none from outside" "" \
	"$(inside "$second" ls "$MOUNT/pid" | grep -xF -e "$first" -e "$second")"
thread=$(find "/proc/$DAEMON/task" -mindepth 1 -maxdepth 1 -printf '%f\n' | grep -vx "$DAEMON" | head -n 1)
fails "pid/<pid>/: a thread is no process" "No such file" cat "$MOUNT/pid/$thread/threads"

# Readers of three namespaces at once, some killed half way, never see another's.
rounds=$(count_of 30)
for round in $(seq "$rounds"); do
	inside "$first" cat "$MOUNT/tasks.json" >>"$SCRATCH/first" &
	one=$!
	inside "$second" cat "$MOUNT/tasks.json" >>"$SCRATCH/second" &
	two=$!
	inside "$second" timeout -s KILL "0.00$((round % 10))" cat "$MOUNT/threads" &>/dev/null
	cat "$MOUNT/tasks.json" >>"$SCRATCH/machine"
	wait "$one" "$two"
done
same "readers of three namespaces at once see their own" \
	"$(printf "$rounds %s\n" "first $first" "machine null" "machine null" "second $second")" \
	"$(cd "$SCRATCH" && jq -r "select(.pid == (if input_filename == \"machine\" then $first, $second
		else 1 end)) | \"\(input_filename) \(.pid) \(.global_pid)\"" first second machine |
		sort | uniq -c | awk '{ print $1, $2, $4 }')"
