// SPDX-License-Identifier: GPL-2.0-only
/*
 * many_threads COUNT [STAYING]: a process of COUNT sleeping threads, named many_threads (the
 * first), t1, t2 ... Prints its pid, and stays until standard input ends. When it gets SIGUSR1, all
 * threads between the first and the last STAYING end.
 */
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "world.h"

#define STACK 65536UL

static int ends[2]; /* of a pipe; closed when threads are to end */

static void *sleep_for_ever(void *unused)
{
	for (;;)
		pause();
	return unused;
}

static void *sleep_for_a_time(void *unused)
{
	char byte;

	return read(ends[0], &byte, 1) ? NULL : unused;
}

static void *end_others(void *unused)
{
	sigset_t told;
	int signal;

	sigemptyset(&told);
	sigaddset(&told, SIGUSR1);
	sigwait(&told, &signal);
	close(ends[1]);
	return sleep_for_ever(unused);
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

static void make_thread(unsigned int number, char *stack, void *(*run)(void *))
{
	pthread_attr_t attributes;
	pthread_t thread;
	char name[16];
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setstack(&attributes, stack, STACK);
	snprintf(name, sizeof(name), "t%u", number);
	prctl(PR_SET_NAME, name); /* which the thread inherits */
	error = pthread_create(&thread, &attributes, run, NULL);
	if (error)
		errx(1, "thread %u: %s", number, strerror(error));
	pthread_attr_destroy(&attributes);
}

static void make_threads(unsigned int count, unsigned int staying)
{
	char *stacks = map_stacks(count * STACK);

	for (unsigned int i = 1; i < count; i++) {
		void *(*run)(void *) = sleep_for_ever;

		if (i + 1 == count)
			run = end_others;
		else if (i + staying < count)
			run = sleep_for_a_time;
		make_thread(i, stacks + i * STACK, run);
	}
	prctl(PR_SET_NAME, "many_threads");
}

int main(int argc, char **argv)
{
	sigset_t told;

	if (argc < 2)
		errx(2, "usage: many_threads COUNT [STAYING]");
	sigemptyset(&told);
	sigaddset(&told, SIGUSR1);
	sigprocmask(SIG_BLOCK, &told, NULL);
	world_check(pipe(ends), "pipe");
	make_threads(world_count(argv[1]), argc > 2 ? world_count(argv[2]) : INT_MAX);
	world_stay("%d", getpid());
	return 0;
}
