#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# threads, against /proc and ps for threads that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_tasks.sh"

TABLE=$SCRATCH/threads.json

mount_start
start "$KNOWN" work 50 threads 40 comm leader
pid=$PID
tids=("/proc/$pid/task"/*)
tids=("${tids[@]##*/}")
chrt --rr -p 5 "${tids[-1]}"
renice -n 9 "${tids[-2]}" >"$SCRATCH/renice"
sleep 0.1
cat "$MOUNT/threads.json" >"$TABLE"

same "a row for each thread of /proc" "$(printf '%s\n' "${tids[@]}" | sort)" \
	"$(jq "select(.pid == $pid).tid" "$TABLE" | sort)"
same "names" "$({ echo leader; printf 't%d\n' $(seq 0 39); } | sort)" \
	"$(jq -r "select(.pid == $pid).comm" "$TABLE" | sort)"
same "names by thread" "$(cd "/proc/$pid/task" && grep . ./*/comm | sed 's,^\./,,; s,/comm:, ,' | sort)" \
	"$(jq -r "select(.pid == $pid) | \"\(.tid) \(.comm)\"" "$TABLE" | sort)"
wrong=
for tid in "${tids[@]}"; do
	difference=$(diff <(expected "/proc/$pid/task/$tid" | sort) <(actual "$TABLE" "$tid" | sort)) ||
		wrong+="thread $tid: $difference"$'\n'
done
same "each thread's columns are those of /proc" "" "$wrong"
switches() {
	awk -v tid="$1" '/^(non)?voluntary_ctxt_switches/ { n = n " " $2 } END { print tid n }' \
		"/proc/$pid/task/$1/status"
}
same "context switches" "$(for tid in "${tids[@]}"; do switches "$tid"; done | sort)" \
	"$(jq -r "select(.pid == $pid) | \"\(.tid) \(.voluntary_switches) \(.involuntary_switches)\"" \
		"$TABLE" | sort)"
same "as ps" \
	"$(ps -L -o lwp=,ppid=,nlwp=,priority=,ni=,psr=,rss= -p "$pid" | awk '{ $1 = $1; print }' | sort)" \
	"$(jq -r "select(.pid == $pid) | [.tid, .ppid, .threads, .priority,
		(if .priority < 0 then \"-\" else .nice end), .cpu, .rss_bytes / 1024] | join(\" \")" \
		"$TABLE" | sort)"
same "text and CSV have the same rows" \
	"$(awk -v pid="$pid" '$1 == pid { print $2, $NF }' "$MOUNT/threads")" \
	"$(awk -F, -v pid="$pid" '$1 == pid { print $2, $NF }' "$MOUNT/threads.csv" | tr -d '\r')"
start "$KNOWN" threads 3000
same "3000 threads of one process" 3001 \
	"$(awk -v pid="$PID" '$1 == pid' "$MOUNT/threads" | wc -l)"
same "no thread twice" "" "$(awk 'NR > 1 { print $2 }' "$MOUNT/threads" | sort | uniq -d)"
