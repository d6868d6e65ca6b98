// SPDX-License-Identifier: GPL-2.0-only
#include "failures.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "explain.h"
#include "records.h"
#include "schema.h"

struct failure {
	uint64_t time; /* ns since the epoch */
	uint32_t pid;
	char comm[16];
	char path[128];
	char error[20];
	char message[256];
	char hint[160];
};

#define COLUMN(member, shown, words)                                                               \
	{                                                                                          \
		.name = #member, .kind = &(shown), .offset = offsetof(struct failure, member),     \
		.size = sizeof(((struct failure *)0)->member), .about = (words)                    \
	}

static struct column columns[] = {
	COLUMN(time, kind_time, NULL),
	COLUMN(pid, kind_unsigned, "of the thread whose call failed; 0: not known"),
	COLUMN(comm, kind_chars, "that thread's name"),
	COLUMN(path, kind_chars, "of the file, from the mount's root"),
	COLUMN(error, kind_chars, "the errno's name"),
	COLUMN(message, kind_chars, "what went wrong, in words"),
	COLUMN(hint, kind_chars, "what to do about it"),
};

const struct schema failures_schema = {
	.columns = columns,
	.count = sizeof(columns) / sizeof(columns[0]),
	.row_size = sizeof(struct failure),
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct failure kept[FAILURES_KEPT];
static size_t added; /* since the start */

static void comm_read(pid_t pid, char comm[16])
{
	char path[32];
	ssize_t size;
	int file;

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return;
	size = read(file, comm, 16);
	if (size > 0)
		comm[size - 1] = '\0'; /* the newline */
	close(file);
}

void failure_add(int error, pid_t pid, const char *path, const struct explanation *words)
{
	struct failure failure = {.pid = (uint32_t)pid};
	const char *name = strerrorname_np(-error);
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	failure.time = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	if (pid)
		comm_read(pid, failure.comm);
	snprintf(failure.path, sizeof(failure.path), "%s", path);
	snprintf(failure.error, sizeof(failure.error), "%s", name ? name : "?");
	snprintf(failure.message, sizeof(failure.message), "%s",
		 words->message[0] ? words->message : strerror(-error));
	snprintf(failure.hint, sizeof(failure.hint), "%s", words->hint);
	pthread_mutex_lock(&lock);
	kept[added++ % FAILURES_KEPT] = failure;
	pthread_mutex_unlock(&lock);
}

int failures_source(struct source **out)
{
	struct failure *rows = malloc(sizeof(kept));
	size_t count;

	if (!rows)
		return -ENOMEM;
	pthread_mutex_lock(&lock);
	count = added < FAILURES_KEPT ? added : FAILURES_KEPT;
	for (size_t i = 0; i < count; i++)
		rows[i] = kept[(added - count + i) % FAILURES_KEPT];
	pthread_mutex_unlock(&lock);
	return records_source(&failures_schema, rows, count, out);
}
