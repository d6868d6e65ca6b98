// SPDX-License-Identifier: GPL-2.0-only
/* Pid namespaces: a thread stays in its own, but its children can be born in another. */
#include "kernel_pids.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"

#define STACK_SIZE (64 << 10)
#define OWN	   "/proc/self/ns/pid"

struct question {
	int (*ask)(void *context);
	void *context;
	int answer;
};

static int child(void *argument)
{
	struct question *question = argument;

	question->answer = question->ask(question->context);
	return 0;
}

/* The parent waits until it has ended, as after vfork(). */
static int child_run(struct question *question)
{
	void *stack =
		mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	sigset_t all, before;
	pid_t pid;

	if (stack == MAP_FAILED)
		return -ENOMEM;
	/* Those that its namespace sends it would be handled in the daemon's memory. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pid = clone(child, (char *)stack + STACK_SIZE,
		    CLONE_VM | CLONE_FILES | CLONE_FS | CLONE_VFORK | SIGCHLD, question);
	if (pid < 0)
		question->answer = -errno;
	else
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	munmap(stack, STACK_SIZE);
	return question->answer;
}

int kernel_ask_in(int pids, int (*ask)(void *context), void *context)
{
	struct question question = {ask, context, -EIO};
	int own, answer;

	if (pids < 0)
		return ask(context);
	own = open(OWN, O_RDONLY | O_CLOEXEC);
	if (own < 0)
		return -errno;
	answer = setns(pids, CLONE_NEWPID) ? -errno : child_run(&question);
	if (setns(own, CLONE_NEWPID))
		abort(); /* this thread's children would be somebody else's */
	close(own);
	return answer;
}

int kernel_pids_of(pid_t thread, int *out)
{
	struct stat readers, own;
	char path[64];

	*out = -1;
	if (!thread)
		return explain(-ESRCH, "mount bpfview in the reader's pid namespace",
			       "the reader has no number in the daemon's pid namespace");
	snprintf(path, sizeof(path), "/proc/%d/ns/pid", thread);
	if (stat(path, &readers) || stat(OWN, &own))
		return explain(-errno, "", "the reader's pid namespace can't be seen");
	if (readers.st_ino == own.st_ino)
		return 0;
	*out = open(path, O_RDONLY | O_CLOEXEC);
	return *out < 0 ? explain(-errno, "", "the reader's pid namespace can't be opened") : 0;
}

/* A thread's number that is no process's is none. */
int kernel_ask_process(void *context)
{
	pid_t process = *(pid_t *)context;

	return tgkill(process, process, 0) && errno == ESRCH ? -ESRCH : 0;
}

int kernel_ask_thread(void *context)
{
	return syscall(SYS_tkill, *(pid_t *)context, 0) && errno == ESRCH ? -ESRCH : 0;
}

bool kernel_process_exists(int pids, pid_t process)
{
	return kernel_ask_in(pids, kernel_ask_process, &process) == 0;
}

/* What is mounted shows the processes of the namespace that asks for it. It is mounted nowhere. */
static int ask_processes(void *context)
{
	int filesystem = fsopen("proc", FSOPEN_CLOEXEC), mounted = -1, folder = -1, error;

	(void)context;
	if (filesystem >= 0 && !fsconfig(filesystem, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
		mounted = fsmount(filesystem, FSMOUNT_CLOEXEC, 0);
	if (mounted >= 0)
		folder = openat(mounted, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	error = folder < 0 ? -errno : folder;
	close(filesystem);
	close(mounted);
	return error;
}

int kernel_processes(int pids)
{
	int folder;

	if (pids >= 0)
		folder = kernel_ask_in(pids, ask_processes, NULL);
	else if ((folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		folder = -errno;
	return folder < 0 ? explain(folder, "", "no list of processes can be had") : folder;
}
