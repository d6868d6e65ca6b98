/* SPDX-License-Identifier: GPL-2.0-only */
/* A row of progs: bpf/progs.bpf.c fills it in, fs/progs_details.c completes it. */
#ifndef BPFVIEW_PROGS_H
#define BPFVIEW_PROGS_H

#include <bpfview/tags.h>
#include <linux/types.h>
#include <stdbool.h>

#include "names.h"

/* By progs_details(): run_count, run_time_ns, recursion_misses, all functions' jited_bytes. */
struct progs_row {
	__u32 id;
	enum program_type type;
	enum attach_type attach_type BPFVIEW_NONE(-1) BPFVIEW_ABOUT("what it was loaded for");
	__u32 uid BPFVIEW_ABOUT("who loaded it");
	__u64 load_time BPFVIEW_BOOTTIME;
	__u64 load_ns BPFVIEW_ABOUT("the same, since boot");
	__u64 run_count BPFVIEW_NONE(-1) BPFVIEW_ABOUT("while kernel.bpf_stats_enabled is 1");
	__u64 run_time_ns BPFVIEW_NONE(-1) BPFVIEW_ABOUT("of those runs");
	__u64 recursion_misses BPFVIEW_NONE(-1)
		BPFVIEW_ABOUT("runs left out, as it was running on that CPU");
	__u32 xlated_bytes BPFVIEW_ABOUT("of its BPF code, as the verifier left it");
	__u32 jited_bytes BPFVIEW_ABOUT("of its machine code");
	__u64 memory_bytes BPFVIEW_ABOUT("of the program itself, without its maps");
	__s64 references BPFVIEW_ABOUT("descriptors, links, pins and maps that hold it");
	__u32 functions BPFVIEW_ABOUT("BPF functions that it is made of");
	__u32 verified_instructions BPFVIEW_ABOUT("that the verifier went through");
	__u32 btf_id BPFVIEW_NONE(0) BPFVIEW_ABOUT("its own types");
	__u32 attach_btf_type BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("number of the type that it is made for");
	__u32 attach_btf_id BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("BTF of the kernel or a module with that type");
	__u32 attach_prog_id BPFVIEW_NONE(0)
		BPFVIEW_ABOUT("program with that type, to which it attaches");
	__u32 maps BPFVIEW_ABOUT("how many it uses");
	char tag[17] BPFVIEW_ABOUT("a hash of its instructions");
	bool gpl_compatible, jited, sleepable;
	char map_ids[0] BPFVIEW_NUMBERS BPFVIEW_ABOUT("those that it uses");
	char attach_to[0] BPFVIEW_ABOUT("name of what it is made for");
	char name[0];
};

#endif
