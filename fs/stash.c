// SPDX-License-Identifier: GPL-2.0-only
#include "stash.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/queue.h>
#include <unistd.h>

#include "../bpf/stash.h"
#include "explain.h"
#include "kernel.h"
#include "schema.h"
#include "source.h"

struct stash_source {
	struct source source;
	int link, network, map;
	__u32 network_inode;
	struct stash *stashes; /* as the program sees them */
	char *rows; /* of the last run */
	size_t size, given; /* bytes */
	__u32 from,
		skip; /* the bucket that the next run starts with, but for so many of its rows */
	bool ended;
};

/* One under way, with a stash of its view, which the link stands for. */
struct run {
	LIST_ENTRY(run) entry;
	int link, stash;
	__u32 network;
};

static pthread_mutex_t runs_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t run_ended = PTHREAD_COND_INITIALIZER;
static LIST_HEAD(, run) runs = LIST_HEAD_INITIALIZER(runs);

/* A free stash, while no other run of the view is in the same namespace; or -1. */
static int run_find_stash(const struct run *run)
{
	const struct run *other;
	unsigned int taken = 0;

	LIST_FOREACH(other, &runs, entry)
	{
		if (other->link != run->link)
			continue;
		if (other->network == run->network)
			return -1;
		taken |= 1U << other->stash;
	}
	for (int i = 0; i < STASHES; i++)
		if (!(taken & 1U << i))
			return i;
	return -1;
}

static void run_begin(struct run *run)
{
	pthread_mutex_lock(&runs_lock);
	while ((run->stash = run_find_stash(run)) < 0)
		pthread_cond_wait(&run_ended, &runs_lock);
	LIST_INSERT_HEAD(&runs, run, entry);
	pthread_mutex_unlock(&runs_lock);
}

static void run_end(struct run *run)
{
	pthread_mutex_lock(&runs_lock);
	LIST_REMOVE(run, entry);
	pthread_cond_broadcast(&run_ended);
	pthread_mutex_unlock(&runs_lock);
}

static ssize_t stash_read(int iterator)
{
	char nothing[64];
	ssize_t got;

	do {
		got = read(iterator, nothing, sizeof(nothing));
	} while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

/*
 * A last bucket that isn't whole comes again, all of it. Of one that is too large for that the next
 * run leaves out as many as there were: the same ones, unless some of them come or go meanwhile.
 */
static int stash_take(struct stash_source *source, const struct stash *stash)
{
	bool again = stash->full && stash->whole;

	source->size = again ? stash->whole : stash->used;
	source->from = stash->bucket;
	source->skip = again ? 0 : stash->seen;
	source->ended = !stash->full;
	source->rows = malloc(source->size + !source->size);
	if (!source->rows)
		return -ENOMEM;
	memcpy(source->rows, stash->rows, source->size);
	return 0;
}

/* Not full, and yet not at the end: after a million of objects the kernel makes a break. */
static int stash_check(const struct stash *stash, ssize_t got)
{
	if (!got || (got == -EAGAIN && stash->full))
		return 0;
	if (got == -EAGAIN)
		return explain(-E2BIG, "", "there are more rows than the kernel gives right");
	return explain((int)got, "", "reading the iterator: %s", strerror((int)-got));
}

static int stash_run_in(struct stash_source *source, struct stash *stash, int iterator)
{
	int error;

	stash->from = source->from;
	stash->skip = source->skip;
	stash->bucket = -1U;
	stash->seen = stash->whole = stash->used = stash->full = 0;
	stash->network = source->network_inode;
	error = stash_check(stash, stash_read(iterator));
	stash->network = 0;
	return error ? error : stash_take(source, stash);
}

static int stash_run(struct stash_source *source)
{
	struct run run = {.link = source->link, .network = source->network_inode};
	int iterator, error;

	free(source->rows);
	source->rows = NULL;
	source->size = source->given = 0;
	iterator = source->network < 0 ? kernel_iterator(source->link)
				       : kernel_network_iterator(source->link, source->network);
	if (iterator < 0)
		return iterator;
	run_begin(&run);
	error = stash_run_in(source, &source->stashes[run.stash], iterator);
	run_end(&run);
	close(iterator);
	return error;
}

static ssize_t stash_fill(struct source *base, void *records, size_t size)
{
	struct stash_source *source = (struct stash_source *)base;
	const char *rows;
	size_t filled = 0;
	long one;

	while (source->given == source->size && !source->ended) {
		int error = stash_run(source);

		if (error)
			return error;
	}
	rows = source->rows + source->given;
	for (; source->given + filled < source->size; filled += (size_t)one) {
		one = schema_record_size(base->schema, rows + filled,
					 source->size - source->given - filled);
		if (one < 0)
			return one;
		if (filled + (size_t)one > size)
			break;
	}
	memcpy(records, rows, filled);
	source->given += filled;
	return (ssize_t)filled;
}

static void stash_free(struct source *base)
{
	struct stash_source *source = (struct stash_source *)base;

	if (source->stashes != MAP_FAILED)
		munmap(source->stashes, STASHES * sizeof(*source->stashes));
	if (source->map >= 0)
		close(source->map);
	if (source->network >= 0)
		close(source->network);
	free(source->rows);
	free(source);
}

static const struct source_operations stash_operations = {
	.fill = stash_fill,
	.free = stash_free,
};

static int stash_map(struct stash_source *source)
{
	source->map = kernel_link_map(source->link, STASH_NAME);
	if (source->map < 0)
		return source->map;
	source->stashes = mmap(NULL, STASHES * sizeof(*source->stashes), PROT_READ | PROT_WRITE,
			       MAP_SHARED, source->map, 0);
	if (source->stashes == MAP_FAILED)
		return explain(-errno, "", "the stash can't be mapped: %s", strerror(errno));
	return 0;
}

int stash_source_create(int link, int network, const struct schema *schema, struct source **out)
{
	struct stash_source *source = calloc(1, sizeof(*source));
	int error;

	if (!source)
		return -ENOMEM;
	source->source.operations = &stash_operations;
	source->source.schema = schema;
	source->link = link;
	source->network = network < 0 ? -1 : fcntl(network, F_DUPFD_CLOEXEC, 0);
	source->map = -1;
	source->stashes = MAP_FAILED;
	error = network >= 0 && source->network < 0 ? -errno : 0;
	if (!error)
		error = kernel_network_inode(network, &source->network_inode);
	if (!error)
		error = stash_map(source);
	if (error)
		stash_free(&source->source);
	else
		*out = &source->source;
	return error;
}
