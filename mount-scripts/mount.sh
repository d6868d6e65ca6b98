# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Sourced by up and down: what they both know of a mount.

die() {
	printf '%s\n' "$@" >&2
	exit 1
}

# require_root COMMAND: what to run again as root
require_root() {
	[ "$(id -u)" -eq 0 ] || die "Only root can mount bpfview: it loads BPF programs." "Try: sudo $1"
}

# real_path FOLDER: absolute and without symbolic links, also where the folder is a dead mount,
# which realpath itself could not look at
real_path() {
	local parent
	realpath "$1" 2>/dev/null && return
	case $1 in
	/*) parent=$(dirname "$1") ;;
	*) parent=$(dirname "$PWD/$1") ;;
	esac
	parent=$(realpath "$parent") || return
	printf '%s/%s\n' "${parent%/}" "$(basename "$1")"
}

# is_mounted MOUNTPOINT: the topmost mount there is a bpfview, dead or alive
is_mounted() {
	MOUNTPOINT=$1 awk '
		BEGIN { gsub(/\\/, "\\134", ENVIRON["MOUNTPOINT"]); gsub(/ /, "\\040", ENVIRON["MOUNTPOINT"]) }
		$2 == ENVIRON["MOUNTPOINT"] { type = $3 }
		END { exit type != "fuse.bpfview" }' /proc/self/mounts
}

# answers MOUNTPOINT: the daemon behind the mount is alive. Attributes may be the kernel's memory of
# a dead one; what a file holds is not.
answers() {
	timeout 5 head -c 1 "$1/README" >/dev/null 2>&1
}

# daemon_of MOUNTPOINT: prints the pids of its daemons, those of other mount namespaces left out
daemon_of() {
	local process argument
	for process in /proc/[0-9]*; do
		[ "$(cat "$process/comm" 2>/dev/null)" == bpfview ] || continue
		[ "$process/ns/mnt" -ef /proc/self/ns/mnt ] || continue
		argument=$(tail -z -n 1 "$process/cmdline" 2>/dev/null | tr -d '\0')
		[ "$argument" != "$1" ] || echo "${process#/proc/}"
	done
}

# unmount MOUNTPOINT: ends the daemon, which unmounts, and clears what a killed one left
unmount() {
	local pid
	for pid in $(daemon_of "$1"); do
		kill "$pid" 2>/dev/null || continue
		timeout 10 tail --pid "$pid" -s 0.05 -f /dev/null || kill -KILL "$pid" 2>/dev/null || true
	done
	while is_mounted "$1"; do
		umount -l "$1" || return
	done
}
