// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/bpf.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"

/* A link of its own: what it iterates is settled when it is made. */
static int process_link(int program, pid_t process)
{
	union bpf_iter_link_info target = {.task.pid = (__u32)process};
	LIBBPF_OPTS(bpf_link_create_opts, options, .iter_info = &target,
		    .iter_info_len = sizeof(target));
	int link = bpf_link_create(program, 0, BPF_TRACE_ITER, &options);

	return link < 0 ? -errno : link;
}

static int link_program(int link)
{
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);
	int program = bpf_obj_get_info_by_fd(link, &info, &size);

	if (!program)
		program = bpf_prog_get_fd_by_id(info.prog_id);
	return program < 0 ? -errno : program;
}

int kernel_process_iterator(int link, pid_t process)
{
	int program = link_program(link), own, iterator;

	if (program < 0)
		return explain(program, "", "the view's program can't be opened");
	own = process_link(program, process);
	close(program);
	if (own < 0)
		return explain(own, "", "the view can't be had for one process");
	iterator = kernel_iterator(own, -1);
	close(own);
	if (iterator >= 0 && kill(process, 0) && errno == ESRCH) {
		close(iterator);
		return explain(-ENOENT, "", "process %d does not exist", process);
	}
	return iterator;
}
