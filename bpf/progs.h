/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of progs: bpf/progs.bpf.c fills it in, fs/progs_details.c completes it. */
#ifndef BPFVIEW_PROGS_H
#define BPFVIEW_PROGS_H

#include <bpfview/tags.h>
#include <linux/types.h>
#include <stdbool.h>

#include "names.h"

struct progs_row {
	__u32 id;
	enum program_type type;
	enum attach_type attach_type BPFVIEW_NONE(-1);
	__u32 uid;
	__u64 load_time BPFVIEW_BOOTTIME;
	__u64 load_ns;
	__u64 run_count BPFVIEW_NONE(-1); /* this and the next two by progs_details() */
	__u64 run_time_ns BPFVIEW_NONE(-1);
	__u64 recursion_misses BPFVIEW_NONE(-1);
	__u32 xlated_bytes;
	__u32 jited_bytes; /* of the main function; of all of them by progs_details() */
	__u64 memory_bytes;
	__s64 references;
	__u32 functions, verified_instructions;
	__u32 btf_id BPFVIEW_NONE(0);
	__u32 attach_btf_type BPFVIEW_NONE(0); /* what it is made for: a type of that BTF, */
	__u32 attach_btf_id BPFVIEW_NONE(0);
	__u32 attach_prog_id BPFVIEW_NONE(0); /* or of that program's */
	__u32 maps;
	char tag[17];
	bool gpl_compatible, jited, sleepable;
	char map_ids[0] BPFVIEW_NUMBERS;
	char attach_to[0];
	char name[0];
};

#endif
