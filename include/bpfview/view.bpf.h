/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the author of a view needs: declare the row, tag its members, write rows.
 *
 * struct hello_row { __u32 pid; char comm[16]; };
 * BPFVIEW_ROW(hello);
 *
 * Members are the columns, in their order. A row has no holes and is zeroed before it is filled. A
 * `char name[0]` member is a text of any length: its bytes are written after the row, in the order
 * in which the texts are declared.
 *
 * Types of the kernel come from bpfview/kernel.bpf.h or, all of them, from the mount's vmlinux.h.
 *
 * A program may run twice for one object, and several runs may go on at once, so it keeps nothing:
 * no global, no map. What it calls `const volatile bool kernel_has_NAME` is set before it is loaded
 * to whether the kernel has a function NAME; `const volatile __u64 page_size` to the page's bytes,
 * and tick_ns to the length of a jiffy.
 */
#ifndef BPFVIEW_VIEW_BPF_H
#define BPFVIEW_VIEW_BPF_H

#ifndef __VMLINUX_H__ /* which has all of it, and comes first */
#include <linux/bpf.h>
#include <stdbool.h>
#endif

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include <bpfview/tags.h>

/* Names struct NAME_row as the row type of the program NAME. The section makes no map. */
#define BPFVIEW_ROW(name)                                                                          \
	const struct name##_row bpfview_row_##name __attribute__((section(".bpfview"), used))

struct seq_file;

/* A text is written in chunks, each with one call: this header, then the bytes. */
#define BPFVIEW_CHUNK_MORE  0x8000 /* in the header: another chunk of the same text follows */
#define BPFVIEW_STRING_SIZE 256 /* of the longest string with its NUL */

/* The fixed part of a row; its texts follow. */
#define bpfview_write_row(seq, row) bpf_seq_write(seq, row, sizeof(*(row)))

/* A text that is nothing; also ends one whose last chunk said that more would follow. */
static inline long bpfview_write_nothing(struct seq_file *seq)
{
	__u16 header = 0;

	return bpf_seq_write(seq, &header, sizeof(header));
}

/* One chunk: a string of kernel memory, cut to BPFVIEW_STRING_SIZE. `more`: BPFVIEW_CHUNK_MORE or 0
 */
static __attribute__((noinline, unused)) long bpfview_write_string(struct seq_file *seq,
								   const char *string, __u16 more)
{
	struct {
		__u16 header;
		char bytes[BPFVIEW_STRING_SIZE];
	} chunk;
	long size = bpf_probe_read_kernel_str(chunk.bytes, sizeof(chunk.bytes), string);

	if (size < 1 || size > BPFVIEW_STRING_SIZE)
		size = 1;
	chunk.header = (size - 1) | more;
	return bpf_seq_write(seq, &chunk, sizeof(chunk.header) + size - 1);
}

#endif
