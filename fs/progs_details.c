// SPDX-License-Identifier: GPL-2.0-only
#include "progs_details.h"

#include <bpf/bpf.h>
#include <unistd.h>

#include "../bpf/progs.h"

void progs_details(void *context, void *record)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);
	struct progs_row *row = record;
	int program = bpf_prog_get_fd_by_id(row->id);

	(void)context;
	if (program < 0)
		return;
	if (!bpf_obj_get_info_by_fd(program, &info, &size)) {
		row->run_count = info.run_cnt;
		row->run_time_ns = info.run_time_ns;
		row->recursion_misses = info.recursion_misses;
		row->jited_bytes = info.jited_prog_len;
	}
	close(program);
}
