// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include "signals.h"
#include "tables.h"

static uint64_t bit(int signal)
{
	return 1ULL << (signal - 1);
}

static bool ends(uint64_t thread, uint64_t process, uint64_t blocked, uint64_t ignored)
{
	FILE *status = tmpfile();
	bool end;

	fprintf(status, "Name:\tSigPnd: ffff\nSigQ:\t1/1\nSigPnd:\t%016lx\nShdPnd:\t%016lx\n",
		thread, process);
	fprintf(status, "SigBlk:\t%016lx\nSigIgn:\t%016lx\nSigCgt:\t%016lx\n", blocked, ignored,
		bit(SIGUSR1));
	rewind(status);
	end = signals_read(status);
	fclose(status);
	return end;
}

START_TEST(those_that_end_a_wait)
{
	const int loud[] = {SIGINT,  SIGTERM, SIGKILL, SIGHUP,	SIGQUIT,
			    SIGALRM, SIGUSR1, SIGPIPE, SIGRTMIN};
	static const int quiet[] = {SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT,
				    SIGCHLD, SIGURG,  SIGPROF, SIGWINCH};

	ck_assert(!ends(0, 0, 0, 0));
	for (size_t i = 0; i < 9; i++) {
		ck_assert(ends(bit(loud[i]), 0, 0, 0));
		ck_assert(ends(bit(SIGCHLD), bit(loud[i]), bit(SIGCHLD), 0));
		ck_assert(!ends(bit(loud[i]), bit(loud[i]), bit(loud[i]), 0));
		ck_assert(!ends(0, bit(loud[i]), 0, bit(loud[i])));
		ck_assert(!ends(bit(quiet[i]), 0, 0, 0));
		ck_assert(!ends(0, bit(quiet[i]), 0, 0));
		ck_assert(ends(bit(quiet[i]), bit(loud[i]), 0, 0));
	}
}
END_TEST

START_TEST(what_is_no_status)
{
	FILE *empty = fopen("/dev/null", "r");

	ck_assert(signals_read(empty));
	fclose(empty);
	ck_assert(signals_end_wait(0));
	ck_assert(signals_end_wait(-1));
}
END_TEST

START_TEST(a_thread)
{
	sigset_t set;

	ck_assert(!signals_end_wait(gettid()));
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGTERM);
	ck_assert(!signals_end_wait(gettid()));
}
END_TEST

/* One that is killed while it is traced or halted still is there, with the signal. */
START_TEST(a_killed_one)
{
	int status;
	pid_t child = fork();

	if (!child) {
		raise(SIGSTOP);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, WUNTRACED), child);
	ck_assert(!signals_end_wait(child));
	kill(child, SIGTERM); /* pending until it goes on */
	ck_assert(signals_end_wait(child));
	kill(child, SIGKILL);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {those_that_end_a_wait, what_is_no_status, a_thread,
				      a_killed_one, NULL};

	return run_tests("signals", tests);
}
