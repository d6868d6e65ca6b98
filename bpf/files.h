/* SPDX-License-Identifier: GPL-2.0-only */
/* The columns of files. */
#ifndef BPFVIEW_FILES_H
#define BPFVIEW_FILES_H

#include <asm/fcntl.h>
#include <bpfview/tags.h>
#include <linux/types.h>

#define FILES_TYPE_SIZE 20

enum file_mode {
	mode_none,
	mode_read,
	mode_write,
	mode_read_write,
	mode_path, /* only names the file */
};

enum file_flags {
	flag_creat = O_CREAT,
	flag_excl = O_EXCL,
	flag_noctty = O_NOCTTY,
	flag_trunc = O_TRUNC,
	flag_append = O_APPEND,
	flag_nonblock = O_NONBLOCK,
	flag_dsync = O_DSYNC,
	flag_async = FASYNC,
	flag_direct = O_DIRECT,
	flag_largefile = O_LARGEFILE,
	flag_directory = O_DIRECTORY,
	flag_nofollow = O_NOFOLLOW,
	flag_noatime = O_NOATIME,
	flag_cloexec = O_CLOEXEC, /* of the descriptor, not of the file */
	flag_sync = __O_SYNC,
	flag_path = O_PATH,
	flag_tmpfile = __O_TMPFILE,
};

struct files_row {
	__u32 pid BPFVIEW_ABOUT("as the reader's pid namespace numbers it");
	__u32 tid BPFVIEW_NONE(0) BPFVIEW_ABOUT("of a thread that has descriptors of its own");
	__u32 fd BPFVIEW_ABOUT("the descriptor");
	char type[FILES_TYPE_SIZE] BPFVIEW_ABOUT(
		"regular, directory, pipe, socket, eventpoll, bpf-map ...");
	enum file_mode mode BPFVIEW_ABOUT("what it is open for");
	enum file_flags flags BPFVIEW_FLAGS BPFVIEW_ABOUT("O_*");
	__s64 position BPFVIEW_ABOUT("byte that is next");
	__s64 size_bytes;
	__u64 inode;
	__u32 device BPFVIEW_DEVICE BPFVIEW_ABOUT("of the filesystem");
	__u32 rdev BPFVIEW_DEVICE BPFVIEW_NONE(0) BPFVIEW_ABOUT("which a special file stands for");
	__u32 links BPFVIEW_ABOUT("names that the file has");
	__u32 bpf_id BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("of the BPF map, program, link or BTF that it is");
	__u32 global_pid BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("in the first pid namespace, where it is another");
	__u32 global_tid BPFVIEW_NONE(0) BPFVIEW_ABOUT("the same of tid");
	char comm[16];
	char path[0];
};

#endif
