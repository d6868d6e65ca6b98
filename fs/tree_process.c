// SPDX-License-Identifier: GPL-2.0-only
/* pid/<pid>/: views of one process, filtered in the kernel. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"
#include "tree_directory.h"
#include "view.h"

static const char *const process_views[] = {"threads", "files", "sockets", "vmas"};

#define PROCESS_VIEWS (sizeof(process_views) / sizeof(process_views[0]))

/* The process of pid/PID/..., or 0 when PID is no number. */
static pid_t process_of(const struct entry *entry)
{
	const char *number = strchr(entry->path, '/') + 1;
	char *end;
	long process = strtol(number, &end, 10);

	if (number[0] < '1' || number[0] > '9' || (*end && *end != '/') || process > INT32_MAX)
		return 0;
	return (pid_t)process;
}

static int open_process(const struct entry *entry, const struct caller *caller, struct source **out)
{
	struct view_scope scope = {.network = -1, .process = process_of(entry)};

	return entry_open_view(entry, caller, &scope, out);
}

static int process_lookup(const struct entry *in, const char *name, const struct caller *caller,
			  struct entry *out)
{
	(void)in, (void)caller;
	for (size_t i = 0; i < PROCESS_VIEWS; i++) {
		if (strcmp(process_views[i], name) || !entry_set_view(out, name))
			continue;
		out->open = open_process;
		return 0;
	}
	return -ENOENT;
}

static int process_list(const struct entry *in, const struct caller *caller, tree_add *add,
			void *context)
{
	int stop = 0;

	(void)caller;
	for (size_t i = 0; !stop && i < PROCESS_VIEWS; i++)
		if (view_find(process_views[i]))
			stop = directory_add(in, process_views[i], ENTRY_TABLE, add, context);
	return stop;
}

static const struct directory one_process = {NULL, &directory_process, process_lookup,
					     process_list};

static int processes_lookup(const struct entry *in, const char *name, const struct caller *caller,
			    struct entry *out)
{
	pid_t process = process_of(out);
	int pids, error;

	(void)in, (void)name;
	if (!process)
		return -ENOENT;
	error = kernel_pids_of(caller->thread, &pids);
	if (!error && !kernel_process_exists(pids, process))
		error = explain(-ENOENT, "", "process %d does not exist", process);
	if (pids >= 0)
		close(pids);
	if (error)
		return error;
	out->type = ENTRY_DIRECTORY;
	out->directory = &one_process;
	return 0;
}

static int processes_list(const struct entry *in, const struct caller *caller, tree_add *add,
			  void *context)
{
	int pids, folder, stop = kernel_pids_of(caller->thread, &pids);
	struct dirent *process;
	DIR *processes;

	if (stop)
		return stop;
	folder = kernel_processes(pids);
	if (pids >= 0)
		close(pids);
	if (folder < 0)
		return folder;
	processes = fdopendir(folder);
	if (!processes) {
		close(folder);
		return -ENOMEM;
	}
	while (!stop && (process = readdir(processes)))
		if (process->d_name[0] >= '1' && process->d_name[0] <= '9')
			stop = directory_add(in, process->d_name, ENTRY_DIRECTORY, add, context);
	closedir(processes);
	return stop;
}

const struct directory directory_process = {"pid", &directory_root, processes_lookup,
					    processes_list};
