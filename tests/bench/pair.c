// SPDX-License-Identifier: GPL-2.0-only
/* Runs two commands in turn, A B A B, their output thrown away, and prints what print_pairs() says.
 */
#include <err.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "samples.h"

static double time_command(char **command)
{
	double start = now_ms();
	pid_t pid = fork();
	int status;

	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDOUT_FILENO);
		execvp(command[0], command);
		err(127, "%s", command[0]);
	}
	if (waitpid(pid, &status, 0) != pid || status)
		errx(1, "%s failed (status %#x)", command[0], status);
	return now_ms() - start;
}

int main(int argc, char **argv)
{
	int rounds = argc > 2 ? atoi(argv[1]) : 0, split = 2;

	while (split < argc && strcmp(argv[split], "--") != 0)
		split++;
	if (rounds < 1 || split == 2 || split >= argc - 1)
		errx(2, "usage: pair ROUNDS COMMAND... -- COMMAND...");
	argv[split] = NULL;

	double ours[rounds], theirs[rounds];

	time_command(argv + 2); /* a first run loads and warms */
	for (int i = 0; i < rounds; i++) {
		ours[i] = time_command(argv + 2);
		theirs[i] = time_command(argv + split + 1);
	}
	print_pairs(ours, theirs, rounds);
	return 0;
}
