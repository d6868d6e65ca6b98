// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/bpf.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"
#include "kernel_pids.h"

#define FLAG_EXITING 4 /* PF_EXITING: its files and memory are about to go */

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
	pid_t process, thread; /* that must exist; 0: none must */
};

/* The kernel looks the number up when the iterator is made. */
static int ask_iterator(void *context)
{
	struct creation *creation = context;
	int iterator = bpf_iter_create(creation->link);

	if (iterator < 0)
		return -errno;
	if ((!creation->process || !kernel_ask_process(&creation->process)) &&
	    (!creation->thread || !kernel_ask_thread(&creation->thread)))
		return iterator;
	close(iterator);
	return -ESRCH;
}

static int iterator_explain(int error, const char *what, pid_t number)
{
	if (error == -ESRCH)
		return explain(-ENOENT, "", "%s %d does not exist", what, number);
	return explain(error, "", "the iterator can't be opened: %s", strerror(-error));
}

int kernel_tasks_iterator(int link, int pids, pid_t process, pid_t thread)
{
	struct creation creation = {link, process, thread};
	int iterator = kernel_ask_in(pids, ask_iterator, &creation);

	return iterator < 0 ? iterator_explain(iterator, process ? "process" : "thread",
					       process ? process : thread)
			    : iterator;
}

static int ask_descriptor(void *context)
{
	pid_t process = *(pid_t *)context;
	int descriptor = (int)syscall(SYS_pidfd_open, process, 0);

	return descriptor < 0 ? -errno : descriptor;
}

int kernel_process(int pids, pid_t process)
{
	int descriptor = kernel_ask_in(pids, ask_descriptor, &process);

	/* A thread that is no process is EINVAL, or ENOENT since 6.9. */
	if (descriptor == -EINVAL || descriptor == -ENOENT)
		descriptor = -ESRCH;
	return descriptor < 0 ? iterator_explain(descriptor, "process", process) : descriptor;
}

/* The daemon's own, or 0 when it has gone. */
static pid_t descriptor_number(int descriptor)
{
	char path[64], line[64];
	pid_t number = 0;
	FILE *info;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", descriptor);
	info = fopen(path, "re");
	while (info && fgets(line, sizeof(line), info))
		if (sscanf(line, "Pid: %d", &number) == 1)
			break;
	if (info)
		fclose(info);
	return number > 0 ? number : 0;
}

bool kernel_process_ends(int descriptor)
{
	pid_t number = descriptor_number(descriptor);
	char path[64], line[1024] = "";
	const char *after;
	unsigned int flags;
	FILE *stat;

	snprintf(path, sizeof(path), "/proc/%d/stat", number);
	stat = number ? fopen(path, "re") : NULL;
	if (stat) {
		line[fread(line, 1, sizeof(line) - 1, stat)] = '\0';
		fclose(stat);
	}
	after = strrchr(line, ')');
	/* State, parent, group, session, terminal and its group. */
	if (!after || sscanf(after, ") %*c %*d %*d %*d %*d %*d %u", &flags) != 1)
		return true;
	return flags & FLAG_EXITING;
}

int kernel_iterator(int link)
{
	return kernel_tasks_iterator(link, -1, 0, 0);
}

int kernel_process_iterator(int link, int pids, pid_t process)
{
	int program, own, iterator;

	if (!process)
		return kernel_tasks_iterator(link, pids, 0, 0);
	program = kernel_link_program(link);
	if (program < 0)
		return program;
	own = process_link(program, process);
	close(program);
	if (own < 0)
		return explain(own, "", "the view can't be had for one process");
	iterator = kernel_tasks_iterator(own, pids, process, 0);
	close(own);
	return iterator;
}
