# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # work and BUILD are those of who sources it
# Sourced by tests/kernels/run: kernels, and what is in the initramfs of their machines, in $work.

# The packages whose programs the tests call.
packages=(bash bpftool bsdextrautils bsdutils busybox coreutils curl diffutils findutils git grep gzip
	iproute2 jq kmod less libc-bin mawk mount ncurses-base perl-base procps psmisc rsync
	rust-coreutils sed strace tar tcpdump util-linux xxd zstd)
# And what they need of a kernel, where that is not built in.
modules=(fuse overlay veth inet_diag tcp_diag udp_diag unix_diag netlink_diag)

# list_packages: those that are installed here, with the Python of this distribution
list_packages() {
	local python
	python=$(basename "$(realpath /usr/bin/python3)")
	dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${packages[@]}" "$python-minimal" \
		"lib$python-minimal" "lib$python-stdlib" 2>/dev/null | sed -n 's/^installed //p'
}

# list_files: what those packages have, without documentation
list_files() {
	local file
	list_packages | xargs dpkg -L |
		grep -vE '^/usr/share/(doc|man|locale|info|lintian|bash-completion|zoneinfo)/|/git-core/' |
		while read -r file; do
			[ -d "$file" ] || [ ! -e "$file" ] || echo "${file#/}"
		done
	echo usr/bin/python3
}

# list_libraries ROOT: those that the programs there load
list_libraries() {
	find "$1" -type f \( -perm /111 -o -name '*.so*' \) -exec ldd {} + 2>/dev/null |
		sed -nE 's,^\t(.* => )?/([^ ]*\.so[^ ]*) .*,\2,p' | sort -u
}

# make_root ROOT: all but what a kernel brings
make_root() {
	local root=$1 folder
	mkdir -p "$root"/{proc,sys,dev,run,tmp,root,etc,var/tmp,bpfview/build}
	for folder in bin sbin lib lib64; do
		mkdir -p "$root/usr/$folder" && ln -s "usr/$folder" "$root/$folder"
	done
	list_files | sort -u | tar -C / -c -T - | tar -C "$root" -x --no-same-owner
	ln -sf bash "$root/usr/bin/sh"
	ln -sf mawk "$root/usr/bin/awk"
	cp -L /etc/passwd /etc/group /etc/protocols "$root/etc" 2>/dev/null
	tar -c --exclude='./build*' --exclude=./.git . | tar -C "$root/bpfview" -x
	mkdir "$root/bpfview/build/bpf"
	cp -r "$BUILD/bpfview" "$BUILD/tests" "$root/bpfview/build"
	cp "$BUILD"/bpf/{ksyms,route6}.bpf.o "$root/bpfview/build/bpf"
	rm -r "$root/bpfview/build/tests/unit"
	cp tests/kernels/init "$root/init"
	list_libraries "$root" | tar -C / -c -h -T - | tar -C "$root" -x --skip-old-files
	find "$root/bpfview/build" -type f -perm /111 -exec strip -g {} +
}

# fetch_kernel KERNEL: unpacks the newest package of it to $work/KERNEL
fetch_kernel() {
	local name
	[ -n "$(apt-cache pkgnames bpftool)" ] || apt-get update -q </dev/null >/dev/null
	name=$(apt-cache pkgnames "linux-image-$1." | grep -E 'cloud-amd64$' | sort -V | tail -n 1)
	[ -n "$name" ] || return
	(cd "$work" && { apt-get download -q "$name" || { apt-get update -q && apt-get download -q "$name"; }; } &&
		dpkg -x "$name"_*.deb "$1") </dev/null >"$work/$1.fetched" 2>&1 || {
		cat "$work/$1.fetched"
		return 1
	}
}

# make_image KERNEL: its initramfs is $work/KERNEL.cpio
make_image() {
	local folder=$work/$1 added=$work/$1.added version module number=10
	version=$(basename "$folder"/lib/modules/*)
	mkdir -p "$added/modules"
	depmod -b "$folder" "$version"
	modprobe -d "$folder" -S "$version" --show-depends -a "${modules[@]}" |
		sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' | while read -r module; do
		cp "$module" "$added/modules/$((number++))-${module##*/}"
	done
	echo "${TESTS:-$(list_tests)}" >"$added/tests"
	for folder in "$work/root" "$added"; do
		(cd "$folder" && find . | cpio -o -H newc --quiet)
	done >"$work/$1.cpio"
}
