/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a process's command line, as /proc/PID/cmdline has it, up to CMDLINE_LIMIT bytes.
 * Like /proc, it leaves alone what is not anonymous memory: a page of a file may be on a filesystem
 * that never answers, such as the one that is being read.
 */
#ifndef BPFVIEW_CMDLINE_H
#define BPFVIEW_CMDLINE_H

#include <bpfview/kernel.bpf.h>
#include <bpfview/view.bpf.h>

#include "memory_area.h"

#define CMDLINE_CHUNK 127 /* a mask */
#define CMDLINE_LIMIT 16384

struct cmdline {
	struct seq_file *seq;
	struct task_struct *task;
	unsigned long memory; /* its mm_struct */
	unsigned long start, end;
	bool title; /* ends at the first NUL */
	bool done; /* the last chunk has been written */
};

static long cmdline_write_chunk(__u32 index, struct cmdline *line)
{
	unsigned long position = line->start + index * CMDLINE_CHUNK, size, wanted;
	bool last;
	struct {
		__u16 header;
		char bytes[CMDLINE_CHUNK + 1];
	} chunk = {};

	wanted = line->end - position;
	last = wanted <= CMDLINE_CHUNK;
	if (!last)
		wanted = CMDLINE_CHUNK;
	size = anonymous_size(line->memory, position, wanted);
	if (size != wanted)
		last = true;
	if (!size || size > CMDLINE_CHUNK ||
	    bpf_copy_from_user_task(chunk.bytes, size, (void *)position, line->task, 0))
		return 1;
	if (line->title) {
		/* A copy onto itself: what is wanted is the length. */
		unsigned long with_nul =
			bpf_probe_read_kernel_str(chunk.bytes, sizeof(chunk.bytes), chunk.bytes);

		if (with_nul && with_nul <= size) {
			size = with_nul - 1;
			last = true;
		}
	}
	chunk.header = size | (last ? 0 : BPFVIEW_CHUNK_MORE);
	if (last)
		line->done = true;
	/* The verifier of 6.1 has lost the bound, and the compiler knows it too well. */
	asm volatile("" : "+r"(size));
	bpf_seq_write(line->seq, &chunk, sizeof(chunk.header) + (size & CMDLINE_CHUNK));
	return last ? 1 : 0;
}

/* memory: the mm_struct of the process, or NULL. */
static __noinline long cmdline_write(struct seq_file *seq, struct task_struct *task,
				     struct mm_struct *memory)
{
	struct cmdline line = {.seq = seq, .task = task};
	char last = 0;

	if (memory) {
		line.memory = (unsigned long)BPF_CORE_READ(task, mm);
		line.start = memory->arg_start;
		line.end = memory->arg_end;
	}
	if (line.start < line.end) {
		if (anonymous_size(line.memory, line.end - 1, 1))
			bpf_copy_from_user_task(&last, 1, (void *)(line.end - 1), task, 0);
		/* A process that has overwritten the last NUL has put one string there. */
		line.title = last != 0;
		if (line.title)
			line.end = line.start + page_size;
		if (line.end > line.start + CMDLINE_LIMIT)
			line.end = line.start + CMDLINE_LIMIT;
		bpf_loop(CMDLINE_LIMIT / CMDLINE_CHUNK + 1, cmdline_write_chunk, &line, 0);
	}
	return line.done ? 0 : bpfview_write_nothing(seq);
}

#endif
