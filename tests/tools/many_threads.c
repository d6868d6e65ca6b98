// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_threads COUNT: a process of COUNT sleeping threads, named many_threads (the first), t1, t2
 * ... Prints its pid, and stays until standard input ends.
 */
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "world.h"

#define STACK 65536UL

static void *sleep_for_ever(void *unused)
{
	for (;;)
		pause();
	return unused;
}

/* One area for all of them: a process may not have two for each of so many threads. */
static char *map_stacks(size_t size)
{
	char *stacks = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);

	if (stacks == MAP_FAILED)
		err(1, "stacks");
	madvise(stacks, size, MADV_NOHUGEPAGE); /* which some kernels can't have anyway */
	return stacks;
}

static void make_thread(unsigned int number, char *stack)
{
	pthread_attr_t attributes;
	pthread_t thread;
	char name[16];
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setstack(&attributes, stack, STACK);
	snprintf(name, sizeof(name), "t%u", number);
	prctl(PR_SET_NAME, name); /* which the thread inherits */
	error = pthread_create(&thread, &attributes, sleep_for_ever, NULL);
	if (error)
		errx(1, "thread %u: %s", number, strerror(error));
	pthread_attr_destroy(&attributes);
}

int main(int argc, char **argv)
{
	unsigned int count;
	char *stacks;

	if (argc != 2)
		errx(2, "usage: many_threads COUNT");
	count = world_count(argv[1]);
	stacks = map_stacks(count * STACK);
	for (unsigned int i = 1; i < count; i++)
		make_thread(i, stacks + i * STACK);
	prctl(PR_SET_NAME, "many_threads");
	world_stay("%d", getpid());
	return 0;
}
