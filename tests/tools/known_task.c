/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * known_task [ACTION ARGUMENT]... [-- ...]: a process about which all is known. Prints the pids of
 * its children and then `ready`, and stays until standard input ends.
 *   comm NAME        its name
 *   threads COUNT    so many more threads, named t0, t1 ...
 *   ended COUNT      so many threads that have worked and ended
 *   memory BYTES     memory, written to
 *   work MS          processor time of its own, and as much in system calls
 *   child STATE      a child that is a zombie, stopped, traced, in vfork (which is disk sleep), or
 *                    headless: its first thread ends before the three others
 *   title TEXT       overwrites its arguments, their last NUL too; the last action
 *   spill COUNT      overwrites arguments and environment with so many bytes; the last action
 *   cover FILE       maps FILE over a page of its arguments, which it needs some of; the last
 * action
 */
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096UL

static void wait_for_end(void)
{
	char bytes[64];

	while (read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
		;
}

static long milliseconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void work(const char *amount)
{
	long end = milliseconds(CLOCK_PROCESS_CPUTIME_ID) + atol(amount);
	volatile unsigned long sum = 0;

	while (milliseconds(CLOCK_PROCESS_CPUTIME_ID) < end) {
		for (int i = 0; i < 1000000; i++)
			sum = sum + 1;
	}
	/* Asking is a system call. */
	end += atol(amount);
	while (milliseconds(CLOCK_PROCESS_CPUTIME_ID) < end)
		;
}

static void *thread_run(void *name)
{
	pthread_setname_np(pthread_self(), name);
	for (;;)
		pause();
	return NULL;
}

static void threads(const char *amount)
{
	static char names[10000][16];
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 16 * PAGE);
	for (int i = 0; i < atoi(amount) && i < 10000; i++) {
		snprintf(names[i], sizeof(names[i]), "t%d", i);
		if (pthread_create(&thread, &attributes, thread_run, names[i]))
			errx(1, "no more threads than %d", i);
	}
	usleep(100000);
}

static void *thread_end(void *nothing)
{
	work("30");
	return nothing;
}

static void ended(const char *amount)
{
	pthread_t thread;

	for (int i = 0; i < atoi(amount); i++) {
		if (pthread_create(&thread, NULL, thread_end, NULL) || pthread_join(thread, NULL))
			errx(1, "no thread");
	}
}

static void memory(const char *amount)
{
	size_t size = strtoul(amount, NULL, 10);
	char *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (bytes == MAP_FAILED)
		err(1, "%s bytes", amount);
	memset(bytes, 1, size);
}

static int vfork_run(void *nothing)
{
	(void)nothing;
	wait_for_end();
	_exit(0);
}

static void *headless_run(void *nothing)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	wait_for_end();
	return nothing;
}

static void run_headless(void)
{
	pthread_t thread;

	for (int i = 0; i < 3; i++)
		if (pthread_create(&thread, NULL, headless_run, NULL))
			errx(1, "no thread");
	syscall(SYS_exit, 0); /* of this thread alone */
}

static void child_run(const char *state)
{
	static char stack[4 * PAGE];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!strcmp(state, "traced"))
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	if (!strcmp(state, "stopped") || !strcmp(state, "traced"))
		raise(SIGSTOP);
	if (!strcmp(state, "vfork"))
		clone(vfork_run, stack + sizeof(stack), CLONE_VFORK | CLONE_VM | SIGCHLD, NULL);
	if (!strcmp(state, "headless"))
		run_headless();
	_exit(0);
}

static void child(const char *state)
{
	pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (!pid)
		child_run(state);
	if (strcmp(state, "vfork") != 0 && strcmp(state, "headless") != 0)
		waitid(P_PID, (id_t)pid, NULL, WEXITED | WSTOPPED | WNOWAIT);
	printf("%s %d\n", state, pid);
}

/* The kernel puts the environment's bytes behind those of the arguments. */
static void title(char **arguments, int count, const char *text)
{
	char *end = strchr(arguments[count - 1], '\0') + 1, copy[PAGE];
	size_t size = (size_t)(end - arguments[0]);

	snprintf(copy, sizeof(copy), "%s", text);
	if (strlen(copy) + 1 >= size)
		errx(1, "title of more than %zu bytes", size - 2);
	memset(arguments[0], 'x', size);
	memcpy(arguments[0], copy, strlen(copy) + 1);
}

static void spill(char **arguments, const char *amount)
{
	size_t size = strtoul(amount, NULL, 10);
	char *end = arguments[0];

	for (char **string = environ; *string; string++)
		end = strchr(*string, '\0');
	if (size > (size_t)(end - arguments[0]))
		errx(1, "the environment is too small for %zu bytes", size);
	memset(arguments[0], 'y', size);
	arguments[0][size] = '\0';
}

/* The first whole page of them, so that the stack below stays. */
static void cover(char **arguments, const char *path)
{
	char *page = (char *)(((unsigned long)arguments[0] + PAGE - 1) & ~(PAGE - 1));
	int file = open(path, O_RDONLY);

	if (file < 0 || mmap(page, PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0) != page)
		err(1, "%s", path);
	close(file);
}

static void act(const char *action, const char *argument)
{
	static const struct {
		const char *name;
		void (*run)(const char *argument);
	} actions[] = {{"threads", threads},
		       {"ended", ended},
		       {"memory", memory},
		       {"work", work},
		       {"child", child}};

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
		if (!strcmp(action, actions[i].name)) {
			actions[i].run(argument);
			return;
		}
	}
	errx(1, "unknown action %s", action);
}

int main(int count, char **arguments)
{
	for (int i = 1; i + 1 < count && strcmp(arguments[i], "--") != 0; i += 2) {
		const char *action = arguments[i], *argument = arguments[i + 1];

		if (!strcmp(action, "title")) {
			title(arguments, count, argument);
			break;
		}
		if (!strcmp(action, "spill")) {
			spill(arguments, argument);
			break;
		}
		if (!strcmp(action, "cover")) {
			cover(arguments, argument);
			break;
		}
		if (!strcmp(action, "comm"))
			prctl(PR_SET_NAME, argument);
		else
			act(action, argument);
	}
	puts("ready");
	fflush(stdout);
	wait_for_end();
	return 0;
}
