// SPDX-License-Identifier: GPL-2.0-only
/* Makes COUNT sleeping threads, says so, and stays until it is killed or its parent ends. */
#include <err.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static void *sleep_for_ever(void *unused)
{
	for (;;)
		pause();
	return unused;
}

int main(int argc, char **argv)
{
	int count = argc == 2 ? atoi(argv[1]) : 0;
	pthread_attr_t attributes;
	pthread_t thread;

	if (count < 1)
		errx(2, "usage: sleepers COUNT");
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 65536);
	for (int i = 1; i < count; i++) {
		int error = pthread_create(&thread, &attributes, sleep_for_ever, NULL);

		if (error)
			errx(1, "thread %d: %s", i, strerror(error));
	}
	printf("%d\n", count);
	if (fflush(stdout))
		err(1, "write");
	sleep_for_ever(NULL);
}
