#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# tasks, against /proc and ps for processes that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_tasks.sh"

children=()

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
	look tasks
	agrees "$name" "/proc/${!name}"
done

# ps counts in KiB.
ps_numbers() {
	ps -o ppid=,euid=,egid=,nlwp=,priority=,ni=,psr=,rss=,vsz=,netns=,pidns=,mntns=,userns= \
		-p "$1" | tr -s ' ' | sed 's/^ //'
}
for name in worker owned nice apart; do
	cell "$name: columns are those of ps" "${!name}" "$(ps_numbers "${!name}")" '[.ppid, .uid, .gid,
		.threads, .priority, .nice // "-", .cpu, .rss_bytes / 1024, .virtual_bytes / 1024,
		.net_ns, .pid_ns, .mnt_ns, .user_ns] | join(" ")'
done
cell "uid and gid are the effective ones" "$owned" "1234 2345" '"\(.uid) \(.gid)"'
cell "nice" "$nice" 7 .nice
cell "priority of the real-time class" "$realtime" -13 .priority
cell "a network namespace of its own" "$apart" true ".net_ns != $(namespace /proc/self net)"

# What the threads of a process used, those that have ended too.
cell "times count threads that have ended" "$worker" yes \
	'if .utime_ns + .stime_ns >= 600000000 + 3 * 60000000 then "yes" else .utime_ns + .stime_ns end'
sum_switches() { cat "/proc/$1"/task/*/status | awk -v label="$2:" '$1 == label { n += $2 } END { print n }'; }
for name in owned nice apart; do
	pid=${!name}
	cell "$name: voluntary switches" "$pid" "$(sum_switches "$pid" voluntary_ctxt_switches)" \
		.voluntary_switches
	cell "$name: involuntary switches" "$pid" "$(sum_switches "$pid" nonvoluntary_ctxt_switches)" \
		.involuntary_switches
done

# The start, readable, against the machine's clock and the time since it booted.
read -r start age < <(jq -r "select(.tid == $owned)"' | "\(.start_time) \(.start_ns)"' "$MOUNT/tasks.json")
start=$(date -d "$start" +%s.%N)
age=$(awk -v start="$age" '{ print $1 - start / 1e9 }' /proc/uptime)
same "start time is the clock's" yes \
	"$(awk -v start="$start" -v age="$age" -v now="$(date +%s.%N)" \
		'BEGIN { off = now - age - start; print (off < 1 && off > -1 ? "yes" : off) }')"

# States.
expected_states=(zombie stopped tracing_stop disk_sleep)
for i in "${!children[@]}"; do
	pid=${children[$i]}
	cell "state ${expected_states[$i]}" "$pid" "${expected_states[$i]}" .state
	read_stat "/proc/$pid"
	cell "state ${expected_states[$i]} is that of /proc" "$pid" "${STATE_NAMES[${STAT[3]}]}" .state
done
cell "state sleeping" "$owned" sleeping .state
while :; do :; done &
started+=("$!")
busy=$!
sleep 0.05
look tasks
cell "state running" "$busy" running .state
idle=$(grep -ls '^State:.I' /proc/[0-9]*/status | head -n 1 | cut -d/ -f3)
if [ -n "$idle" ]; then
	cell "state idle" "$idle" idle .state
else
	skip "state idle" "no kernel thread is idle"
fi
cell "a zombie has no namespaces but of pids and users, and no arguments" "${children[0]}" \
	"null null null 0" '"\(.net_ns) \(.mnt_ns) \(.cmdline) \(.rss_bytes)"'
same "a zombie's cells" "- -" \
	"$(awk -v pid="${children[0]}" '$1 == pid { print $(NF - 1), $(NF - 6) }' "$MOUNT/tasks")"

# A kernel thread.
cell "kthreadd has no arguments" 2 "0 null" '"\(.rss_bytes) \(.cmdline)"'

# The cgroup's path, however deep, and its root.
GROUP=bpfview-test-$$
mkdir "$SCRATCH/cgroup"
mount -t cgroup2 none "$SCRATCH/cgroup"
path=$GROUP/$(printf 'n%.0s' $(seq 250))/a/b/c/d/e/f/g/h/'i j'
mkdir -p "$SCRATCH/cgroup/$path"
echo "$owned" >"$SCRATCH/cgroup/$path/cgroup.procs"
look tasks
cell "cgroup" "$owned" "/$path" .cgroup
echo "$owned" >"$SCRATCH/cgroup/cgroup.procs"
look tasks
cell "cgroup of the root" "$owned" / .cgroup

all_pids() { (cd /proc && printf '%s\n' [0-9]*); }
# Each process of /proc that lives on has its row, once.
first=$(all_pids)
jq .pid "$MOUNT/tasks.json" | sort >"$SCRATCH/rows"
second=$(all_pids)
same "no process twice" "" "$(uniq -d "$SCRATCH/rows")"
missing=$(comm -12 <(sort <<<"$first") <(sort <<<"$second") | comm -23 - "$SCRATCH/rows" | grep -vx 1)
same "every process has its row" "" "$missing"
