#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# tasks, against /proc and ps for processes that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_tasks.sh"

TABLE=$SCRATCH/tasks.json
children=()
table() { cat "$MOUNT/tasks.json" >"$TABLE"; }

cleanup() {
	# Before their parents: a stopped process without one has the kernel hang up on all of us.
	kill -KILL "${children[@]}" 2>/dev/null
	stop_all
	[ ! -d "$SCRATCH/cgroup" ] || {
		find "$SCRATCH/cgroup/$GROUP" -depth -type d -exec rmdir {} \;
		umount "$SCRATCH/cgroup"
	} 2>/dev/null
	}

mount_start

# Processes of all kinds, whose rows stay as they are.
start "$KNOWN" work 300 memory 50000000 threads 7 ended 3
worker=$PID
start setpriv --reuid=1234 --regid=2345 --clear-groups "$KNOWN" comm owned
owned=$PID
start nice -n 7 "$KNOWN" comm nice
nice=$PID
start chrt --rr 12 "$KNOWN" comm realtime
realtime=$PID
start taskset -c 1 unshare --net --mount --user "$KNOWN" work 20 comm apart
apart=$PID
for state in zombie stopped traced vfork; do
	start "$KNOWN" child "$state"
	children+=("$(sed -n "s/^$state //p" "$OUTPUT")")
done
sleep 0.1

for name in worker owned nice realtime apart; do
	pid=${!name}
	table
	agrees "$name" "$TABLE" "$pid" "/proc/$pid"
done

# ps counts in KiB.
ps_numbers() {
	ps -o ppid=,euid=,egid=,nlwp=,priority=,ni=,psr=,rss=,vsz=,netns=,pidns=,mntns=,userns= \
		-p "$1" | tr -s ' ' | sed 's/^ //'
}
own_numbers() {
	jq -r --argjson tid "$1" 'select(.tid == $tid) | [.ppid, .uid, .gid, .threads, .priority,
		.nice // "-", .cpu, .rss_bytes / 1024, .virtual_bytes / 1024, .net_ns, .pid_ns,
		.mnt_ns, .user_ns] | join(" ")' "$TABLE"
}
for name in worker owned nice apart; do
	same "$name: columns are those of ps" "$(ps_numbers "${!name}")" "$(own_numbers "${!name}")"
done
same "uid and gid are the effective ones" "1234 2345" \
	"$(cell "$TABLE" "$owned" '"\(.uid) \(.gid)"')"
same "nice" 7 "$(cell "$TABLE" "$nice" .nice)"
same "priority of the real-time class" -13 "$(cell "$TABLE" "$realtime" .priority)"
same "a network namespace of its own" no \
	"$([ "$(cell "$TABLE" "$apart" .net_ns)" == "$(namespace /proc/self net)" ] || echo no)"

# What the threads of a process used, those that have ended too.
same "times count threads that have ended" yes \
	"$(cell "$TABLE" "$worker" 'if .utime_ns + .stime_ns >= 600000000 + 3 * 60000000
		then "yes" else .utime_ns + .stime_ns end')"
sum_switches() { cat "/proc/$1"/task/*/status | awk -v label="$2:" '$1 == label { n += $2 } END { print n }'; }
for name in owned nice apart; do
	pid=${!name}
	same "$name: voluntary switches" "$(sum_switches "$pid" voluntary_ctxt_switches)" \
		"$(cell "$TABLE" "$pid" .voluntary_switches)"
	same "$name: involuntary switches" "$(sum_switches "$pid" nonvoluntary_ctxt_switches)" \
		"$(cell "$TABLE" "$pid" .involuntary_switches)"
done

# The start, readable, against the machine's clock and the time since it booted.
start=$(date -d "$(cell "$TABLE" "$owned" .start_time)" +%s.%N)
age=$(awk -v start="$(cell "$TABLE" "$owned" .start_ns)" '{ print $1 - start / 1e9 }' /proc/uptime)
same "start time is the clock's" yes \
	"$(awk -v start="$start" -v age="$age" -v now="$(date +%s.%N)" \
		'BEGIN { off = now - age - start; print (off < 1 && off > -1 ? "yes" : off) }')"

# States.
expected_states=(zombie stopped tracing_stop disk_sleep)
for i in "${!children[@]}"; do
	pid=${children[$i]}
	same "state ${expected_states[$i]}" "${expected_states[$i]}" "$(cell "$TABLE" "$pid" .state)"
	read_stat "/proc/$pid"
	same "state ${expected_states[$i]} is that of /proc" "${STATE_NAMES[${STAT[3]}]}" \
		"$(cell "$TABLE" "$pid" .state)"
done
same "state sleeping" sleeping "$(cell "$TABLE" "$owned" .state)"
while :; do :; done &
started+=("$!")
busy=$!
sleep 0.05
table
same "state running" running "$(cell "$TABLE" "$busy" .state)"
idle=$(grep -ls '^State:.I' /proc/[0-9]*/status | head -n 1 | cut -d/ -f3)
if [ -n "$idle" ]; then
	same "state idle" idle "$(cell "$TABLE" "$idle" .state)"
else
	skip "state idle" "no kernel thread is idle"
fi
same "a zombie has no namespaces but of pids and users, and no arguments" "null null null 0" \
	"$(cell "$TABLE" "${children[0]}" '"\(.net_ns) \(.mnt_ns) \(.cmdline) \(.rss_bytes)"')"
same "a zombie's cells" "- -" \
	"$(awk -v pid="${children[0]}" '$1 == pid { print $(NF - 1), $(NF - 6) }' "$MOUNT/tasks")"

# A kernel thread.
same "kthreadd has no arguments" "0 null" \
	"$(cell "$TABLE" 2 '"\(.rss_bytes) \(.cmdline)"')"

# The cgroup's path, however deep, and its root.
GROUP=bpfview-test-$$
mkdir "$SCRATCH/cgroup"
mount -t cgroup2 none "$SCRATCH/cgroup"
path=$GROUP/$(printf 'n%.0s' $(seq 250))/a/b/c/d/e/f/g/h/'i j'
mkdir -p "$SCRATCH/cgroup/$path"
echo "$owned" >"$SCRATCH/cgroup/$path/cgroup.procs"
table
same "cgroup" "/$path" "$(cell "$TABLE" "$owned" .cgroup)"
echo "$owned" >"$SCRATCH/cgroup/cgroup.procs"
table
same "cgroup of the root" / "$(cell "$TABLE" "$owned" .cgroup)"

all_pids() { (cd /proc && printf '%s\n' [0-9]*); }
# Each process of /proc that lives on has its row, once.
same "no process twice" "" "$(jq .pid "$TABLE" | sort | uniq -d)"
table
first=$(all_pids)
table
second=$(all_pids)
missing=$(comm -12 <(sort <<<"$first") <(sort <<<"$second") |
	comm -23 - <(jq .pid "$TABLE" | sort) | grep -vx 1)
same "every process has its row" "" "$missing"
