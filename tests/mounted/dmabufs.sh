#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# dmabufs, with buffers that are made here.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_tasks.sh"
KNOWN=$TOOLS/known_buffers

mount_start
if [ ! -e "$MOUNT/dmabufs" ]; then
	skip dmabufs "$(awk '$1 == "dmabufs" { print $NF }' "$MOUNT/status")"
	exit
fi
ok "the table is read" cat "$MOUNT/dmabufs"
if [ ! -e /dev/udmabuf ]; then
	skip "buffers" "the machine has no /dev/udmabuf to make them with"
	exit
fi

# made COUNT: each of the buffers has its row
made() {
	start "$KNOWN" "$1"
	same "$1 buffers" "$(grep -v ready "$OUTPUT" | sort)" \
		"$(awk '$NF ~ /^known/ { print $1, $2, $3, $4 }' "$MOUNT/dmabufs" | sort)"
	kill "$PID"
	wait "$PID" 2>/dev/null
}
ulimit -n 4096
made 2
made 1000 # more than the kernel walks at once
