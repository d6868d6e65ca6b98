#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# threads, against /proc and ps for threads that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_tasks.sh"

mount_start
start "$KNOWN" work 50 threads 40 comm leader
pid=$PID
tids=("/proc/$pid/task"/*)
tids=("${tids[@]##*/}")
chrt --rr -p 5 "${tids[-1]}"
renice -n 9 "${tids[-2]}" >"$SCRATCH/renice"
sleep 0.1
look threads

# rows NAME EXPECTED FILTER: of the process, in the table's order, which is by number
rows() { ask "$1" "$(sort -n <<<"$2")" "select(.pid == $pid) | $3"; }
rows "a row for each thread of /proc" "$(printf '%s\n' "${tids[@]}")" .tid
rows "names" "$(cd "/proc/$pid/task" && grep . ./*/comm | sed 's,^\./,,; s,/comm:, ,')" '"\(.tid) \(.comm)"'
same "the names are those that were given" "$({ echo leader; printf 't%d\n' $(seq 0 39); } | sort)" \
	"$(cat "/proc/$pid/task"/*/comm | sort)"
for tid in "${tids[@]}"; do
	agrees "thread $tid" "/proc/$pid/task/$tid"
done
rows "context switches" "$(awk '$1 == "Pid:" { printf "%s", $2 }
	/^(non)?voluntary_ctxt_switches/ { printf " %s%s", $2, /^non/ ? "\n" : "" }' \
	"/proc/$pid/task"/*/status)" '"\(.tid) \(.voluntary_switches) \(.involuntary_switches)"'
rows "as ps" \
	"$(ps -L -o lwp=,ppid=,nlwp=,priority=,ni=,psr=,rss= -p "$pid" | awk '{ $1 = $1; print }')" \
	'[.tid, .ppid, .threads, .priority, (if .priority < 0 then "-" else .nice end), .cpu,
		.rss_bytes / 1024] | join(" ")'
same "text and CSV have the same rows" \
	"$(awk -v pid="$pid" '$1 == pid { print $2, $NF }' "$MOUNT/threads")" \
	"$(awk -F, -v pid="$pid" '$1 == pid { print $2, $NF }' "$MOUNT/threads.csv" | tr -d '\r')"
MANY=$(count_of 3000)
start "$KNOWN" threads "$MANY"
same "$MANY threads of one process" $((MANY + 1)) \
	"$(awk -v pid="$PID" '$1 == pid' "$MOUNT/threads" | wc -l)"
same "no thread twice" "" "$(awk 'NR > 1 { print $2 }' "$MOUNT/threads" | sort | uniq -d)"
