// SPDX-License-Identifier: GPL-2.0-only
#include "signals.h"

#include <signal.h>
#include <stdint.h>
#include <string.h>

#define BIT(signal) (1ULL << ((signal)-1))

static const uint64_t quiet = BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU) |
			      BIT(SIGCONT) | BIT(SIGCHLD) | BIT(SIGWINCH) | BIT(SIGURG) |
			      BIT(SIGPROF) | BIT(SIGVTALRM);

bool signals_read(FILE *status)
{
	uint64_t pending = 0, held = 0;
	unsigned long long mask;
	char line[256], name[7];
	int found = 0;

	while (fgets(line, sizeof(line), status)) {
		if (sscanf(line, "%6[A-Za-z]: %llx", name, &mask) != 2)
			continue;
		if (!strcmp(name, "SigPnd") || !strcmp(name, "ShdPnd"))
			pending |= mask;
		else if (!strcmp(name, "SigBlk") || !strcmp(name, "SigIgn"))
			held |= mask;
		else
			continue;
		found++;
	}
	return found < 4 || pending & ~held & ~quiet;
}

bool signals_end_wait(pid_t thread)
{
	char path[32];
	FILE *status;
	bool end;

	snprintf(path, sizeof(path), "/proc/%d/status", thread);
	status = fopen(path, "re");
	if (!status)
		return true;
	end = signals_read(status);
	fclose(status);
	return end;
}
