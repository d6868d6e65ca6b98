#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# make install, and what it installs: the helper of mount(8), lines of fstab, the completion.
. "$(dirname "$0")/lib.sh"

IMAGE=$SCRATCH/image
if ! output=$(make -s -C "$TOP" BUILD="$BUILD" DESTDIR="$IMAGE" PREFIX=/usr/local install 2>&1); then
	fail "make install" "$output"
	exit 1
fi
pass "make install"
for file in usr/local/bin/bpfview usr/sbin/mount.bpfview usr/sbin/mount.fuse.bpfview \
	usr/lib/systemd/system/bpfview.service usr/local/share/man/man8/bpfview.8 \
	usr/local/share/bash-completion/completions/bpfview \
	usr/local/include/bpfview/view.bpf.h; do
	ok "installs $file" test -s "$IMAGE/$file"
done
same "installs every header" "$(ls "$TOP/include/bpfview")" "$(ls "$IMAGE/usr/local/include/bpfview")"
same "the man page has the tables" "$("$BUILD/bpfview" --tables | grep -c '^[^ ].*:')" \
	"$(grep -c '^\.SS' "$IMAGE/usr/local/share/man/man8/bpfview.8")"
same "nothing is left to put in" "" "$(grep -rlI '@[A-Z]*@' "$IMAGE")"
same "files of the user's own only" "" "$(find "$IMAGE" ! -user 0)"

# A namespace in which the image lies over /usr, and fstab is ours.
mkdir -p "$IMAGE/etc" "$MOUNT" "$SCRATCH/fuse"
cat >"$IMAGE/etc/fstab" <<END
bpfview $MOUNT bpfview defaults,nofail,mode=0440,x-systemd.automount 0 0
bpfview $SCRATCH/fuse fuse.bpfview noauto,ro,allow_other 0 0
END
cat >"$SCRATCH/inside" <<'END'
mount -t overlay -o "lowerdir=$IMAGE/usr:/usr" overlay /usr || exit
mount -t overlay -o "lowerdir=$IMAGE/etc:/etc" overlay /etc || exit
eval "$1"
status=$?
for folder in "$MOUNT" "$SCRATCH/fuse"; do
	! mountpoint -q "$folder" || umount "$folder"
done
exit $status
END
# inside SHELL-COMMAND
inside() {
	unshare -m bash "$SCRATCH/inside" "$1"
}
export IMAGE MOUNT SCRATCH
if ! reason=$(inside true 2>&1); then
	skip "mount(8), fstab" "no overlay here: $reason"
	exit
fi
find="findmnt -rno FSTYPE,SOURCE --mountpoint"
same "mount -t bpfview" "fuse.bpfview bpfview" \
	"$(inside "mount -t bpfview bpfview $MOUNT && $find $MOUNT" 2>&1)"
same "mount -t fuse.bpfview with options" "400 fuse.bpfview bpfview" \
	"$(inside "mount -t fuse.bpfview -o mode=0400,noexec bpfview $MOUNT &&
		stat -c %a $MOUNT/tasks && $find $MOUNT" 2>&1 | paste -sd ' ')"
same "fstab: mount -a, twice" "440 1" \
	"$(inside "mount -a && mount -a && stat -c %a $MOUNT/tasks &&
		grep -c ' $MOUNT ' /proc/self/mounts" 2>&1 | paste -sd ' ')"
same "fstab: mount by the mountpoint" "ro" \
	"$(inside "mount $SCRATCH/fuse && findmnt -rno OPTIONS $SCRATCH/fuse" 2>&1 | cut -d, -f1)"
fails "mount: a wrong option" "nonsense" inside "mount -t bpfview -o nonsense bpfview $MOUNT"
same "mount -f mounts nothing" "is not a mountpoint" \
	"$(inside "mount -f -t bpfview bpfview $MOUNT && mountpoint $MOUNT" 2>&1 | sed "s|^$MOUNT ||")"
if command -v systemd-analyze >/dev/null; then
	ok "systemd takes the unit" inside "systemd-analyze verify bpfview.service"
else
	skip "systemd takes the unit" "no systemd-analyze here"
fi

# complete WORD...: what the completion offers for the last word
complete_words() {
	bash -c '. "$0/usr/local/share/bash-completion/completions/bpfview"
		compopt() { :; }
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_bpfview
		echo "${COMPREPLY[@]}"' "$IMAGE" "$@"
}
same "completion: flags" "--version" "$(complete_words bpfview --v)"
same "completion: the last of a list of options" "allow_other,mode=" \
	"$(complete_words bpfview -o allow_other,m)"
same "completion: folders" "$IMAGE" "$(complete_words bpfview "$SCRATCH/imag")"
