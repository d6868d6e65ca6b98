// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/bpf.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"
#include "kernel_pids.h"

/* A link of its own: what it iterates is settled when it is made. */
static int process_link(int program, pid_t process)
{
	union bpf_iter_link_info target = {.task.pid = (__u32)process};
	LIBBPF_OPTS(bpf_link_create_opts, options, .iter_info = &target,
		    .iter_info_len = sizeof(target));
	int link = bpf_link_create(program, 0, BPF_TRACE_ITER, &options);

	return link < 0 ? -errno : link;
}

struct creation {
	int link;
	pid_t process; /* 0: all */
};

/* The kernel looks the number up when the iterator is made. */
static int ask_iterator(void *context)
{
	struct creation *creation = context;
	int iterator = bpf_iter_create(creation->link);

	if (iterator < 0)
		return -errno;
	if (!creation->process || !kernel_ask_process(&creation->process))
		return iterator;
	close(iterator);
	return -ESRCH;
}

static int iterator_explain(int error, pid_t process)
{
	if (error == -ESRCH)
		return explain(-ENOENT, "", "process %d does not exist", process);
	return explain(error, "", "the iterator can't be opened: %s", strerror(-error));
}

static int iterator_create(int link, int pids, pid_t process)
{
	struct creation creation = {link, process};
	int iterator = kernel_ask_in(pids, ask_iterator, &creation);

	return iterator < 0 ? iterator_explain(iterator, process) : iterator;
}

int kernel_iterator(int link)
{
	return iterator_create(link, -1, 0);
}

int kernel_process_iterator(int link, int pids, pid_t process)
{
	int program, own, iterator;

	if (!process)
		return iterator_create(link, pids, 0);
	program = kernel_link_program(link);
	if (program < 0)
		return program;
	own = process_link(program, process);
	close(program);
	if (own < 0)
		return explain(own, "", "the view can't be had for one process");
	iterator = iterator_create(own, pids, process);
	close(own);
	return iterator;
}
