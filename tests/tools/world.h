/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the makers of worlds of many objects share. Each makes all of its objects, says in one line
 * what a user of them must know, and stays until its standard input ends or it is told to end.
 */
#ifndef WORLD_H
#define WORLD_H

#include <err.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static inline int world_check(long result, const char *what)
{
	if (result < 0)
		err(1, "%s", what);
	return (int)result;
}

/* The number that an argument is, of at least one. */
static inline unsigned int world_count(const char *argument)
{
	char *end;
	unsigned long count = strtoul(argument, &end, 10);

	if (!count || *end || count > INT_MAX)
		errx(2, "%s is no number of objects", argument);
	return (unsigned int)count;
}

/* Lets the process have so many descriptors, or as many as it may; returns how many these are. */
static inline unsigned int world_descriptors(unsigned int wanted)
{
	struct rlimit limit;

	world_check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
	if (limit.rlim_max < wanted) {
		struct rlimit more = {wanted, wanted};

		if (!setrlimit(RLIMIT_NOFILE, &more))
			return wanted;
		wanted = (unsigned int)limit.rlim_max;
	}
	if (limit.rlim_cur < wanted)
		limit.rlim_cur = wanted;
	world_check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
	return wanted;
}

static inline void world_end(int signal)
{
	(void)signal;
}

/*
 * To be told to end only in world_stay(): first, in a maker that has something to remove then.
 * Returns the signals to wait with.
 */
static inline sigset_t world_begin(void)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
	struct sigaction action = {.sa_handler = world_end};
	sigset_t held, others;

	sigemptyset(&held);
	sigprocmask(SIG_BLOCK, NULL, &others);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		sigaction(signals[i], &action, NULL);
		sigaddset(&held, signals[i]);
		sigdelset(&others, signals[i]);
	}
	sigprocmask(SIG_BLOCK, &held, NULL);
	return others;
}

/* Says the line, and returns when the world may end. */
__attribute__((format(printf, 1, 2))) static inline void world_stay(const char *format, ...)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	va_list arguments;
	char bytes[64];
	sigset_t signals = world_begin();

	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
	/* Closed, so that who reads to the end needn't wait for ours. */
	if (fclose(stdout))
		err(1, "write");
	while (ppoll(&input, 1, NULL, &signals) > 0)
		if (read(STDIN_FILENO, bytes, sizeof(bytes)) <= 0)
			return;
}

#endif
