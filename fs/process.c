// SPDX-License-Identifier: GPL-2.0-only
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "column.h"
#include "explain.h"
#include "given.h"
#include "iterator.h"
#include "kernel.h"
#include "schema.h"
#include "source.h"

struct process {
	struct source source;
	struct source *walk;
	int link, pids, descriptor;
	pid_t number;
	bool was_ending, was_zombie; /* before the first walk */
	bool among_all; /* its rows are picked out of all, here */
	const struct column *pid;
	const struct column *threads; /* of rows that are threads: how many there are; else NULL */
	__u32 expected, seen; /* threads, in this walk */
	struct given given;
};

/* Its last thread has ended. */
static bool is_zombie(const struct process *process)
{
	struct pollfd end = {.fd = process->descriptor, .events = POLLIN};

	return poll(&end, 1, 0) > 0;
}

static bool is_reaped(const struct process *process)
{
	return syscall(SYS_pidfd_send_signal, process->descriptor, 0, NULL, 0) && errno == ESRCH;
}

/*
 * The kernel itself has nothing more to say of it then, and no error. A process whose first thread
 * had ended before lives on in the others, and a zombie until it is reaped.
 */
static bool has_ended(const struct process *process)
{
	if (!process->was_ending)
		return kernel_process_ends(process->descriptor);
	return process->was_zombie ? is_reaped(process) : is_zombie(process);
}

static int walk_begin(struct process *process)
{
	pid_t number = process->among_all ? 0 : process->number;
	int iterator = kernel_process_iterator(process->link, process->pids, number);

	source_free(process->walk);
	process->walk = NULL;
	process->expected = process->seen = 0;
	if (iterator < 0)
		return iterator;
	return iterator_source_create(iterator, process->source.schema, NULL, &process->walk);
}

/*
 * A thread that ends while the kernel stands at it ends the walk too. But threads come in the order
 * in which they were made: after as many as there were at the first of them, those that are missing
 * have ended.
 */
static bool walk_is_whole(const struct process *process)
{
	return process->among_all || !process->threads || process->seen >= process->expected;
}

/* Whether a row is to be given, or a negative errno. */
static int row_take(struct process *process, const char *row)
{
	uint64_t thread;
	pid_t pid;

	if (process->among_all) {
		memcpy(&pid, row + process->pid->offset, sizeof(pid));
		return pid == process->number;
	}
	if (!process->seen++)
		memcpy(&process->expected, row + process->threads->offset,
		       sizeof(process->expected));
	memcpy(&thread, row, sizeof(thread)); /* pid and tid */
	if (given_before(&process->given, thread))
		return false;
	return given_add(&process->given, thread) ? -ENOMEM : true;
}

/* Leaves the rows to give of those that the walk gave, and returns their bytes. */
static ssize_t walk_take(struct process *process, char *records, size_t size)
{
	size_t kept = 0;
	long one;
	int take;

	for (size_t at = 0; at < size; at += (size_t)one) {
		one = schema_record_size(process->source.schema, records + at, size - at);
		if (one < 0)
			return one;
		take = row_take(process, records + at);
		if (take < 0)
			return take;
		if (!take)
			continue;
		memmove(records + kept, records + at, (size_t)one);
		kept += (size_t)one;
	}
	return (ssize_t)kept;
}

static int walk_again(struct process *process)
{
	int error = given_walk_again(&process->given);

	return error ? error : walk_begin(process);
}

static ssize_t process_fill(struct source *source, void *records, size_t size)
{
	struct process *process = (struct process *)source;

	for (;;) {
		ssize_t got = source_fill(process->walk, records, size);
		bool ended = !got;
		int error;

		if (got > 0 && (process->among_all || process->threads))
			got = walk_take(process, records, (size_t)got);
		if (got)
			return got;
		if (!ended)
			continue; /* all are another's, or have had their row in another walk */
		if (has_ended(process))
			return explain(-ENOENT, "", "process %d ended while it was read",
				       process->number);
		if (walk_is_whole(process))
			return 0;
		error = walk_again(process);
		if (error)
			return error;
	}
}

static void process_free(struct source *source)
{
	struct process *process = (struct process *)source;

	source_free(process->walk);
	if (process->pids >= 0)
		close(process->pids);
	if (process->descriptor >= 0)
		close(process->descriptor);
	given_free(&process->given);
	free(process);
}

static const struct source_operations process_operations = {
	.fill = process_fill,
	.free = process_free,
};

/*
 * The descriptor comes before the first walk: it is of the process that has the number then. Where
 * the first thread has ended before the others, 6.1 passes over the one that comes next.
 */
static int process_open(struct process *process, int pids)
{
	process->descriptor = kernel_process(pids, process->number);
	if (process->descriptor < 0)
		return process->descriptor;
	if (pids >= 0 && (process->pids = fcntl(pids, F_DUPFD_CLOEXEC, 0)) < 0)
		return -errno;
	process->was_ending = kernel_process_ends(process->descriptor);
	process->was_zombie = is_zombie(process);
	process->among_all = process->was_ending && !process->was_zombie;
	return walk_begin(process);
}

int process_source_create(int link, int pids, pid_t number, const struct schema *schema,
			  struct source **out)
{
	struct process *process = calloc(1, sizeof(*process));
	int error;

	if (!process)
		return -ENOMEM;
	process->source.operations = &process_operations;
	process->source.schema = schema;
	process->link = link;
	process->pids = -1;
	process->number = number;
	process->pid = schema_column(schema, "pid");
	process->threads = schema_column(schema, "threads");
	error = process_open(process, pids);
	if (error)
		process_free(&process->source);
	else
		*out = &process->source;
	return error;
}
