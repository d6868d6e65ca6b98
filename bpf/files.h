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
	__u32 pid;
	__u32 tid BPFVIEW_NONE(0); /* of a thread that has descriptors of its own */
	__u32 fd;
	char type[FILES_TYPE_SIZE];
	enum file_mode mode;
	enum file_flags flags BPFVIEW_FLAGS;
	__s64 position;
	__s64 size_bytes;
	__u64 inode;
	__u32 device BPFVIEW_DEVICE; /* of the filesystem */
	__u32 rdev BPFVIEW_DEVICE BPFVIEW_NONE(0); /* which a special file stands for */
	__u32 links;
	__u32 bpf_id BPFVIEW_NONE(0);
	__u32 global_pid BPFVIEW_NONE(0), global_tid BPFVIEW_NONE(0); /* where they differ */
	char comm[16];
	char path[0];
};

#endif
