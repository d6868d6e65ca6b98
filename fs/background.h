/* SPDX-License-Identifier: GPL-2.0-only */
/* Going to the background: the command ends once the mount answers, or with the words why not. */
#ifndef BPFVIEW_BACKGROUND_H
#define BPFVIEW_BACKGROUND_H

#include <stdbool.h>

struct background {
	int ready; /* descriptor; closed without a byte when the daemon fails */
	int status; /* to exit with, in the process that was called */
};

/*
 * Forks. True in the process that was called, after the mount has answered it or the daemon has
 * failed; false in the daemon, which is in a session of its own.
 */
bool background_start(struct background *background, const char *mountpoint);

/* In the daemon: requests will be answered from now on. Accepts NULL. */
void background_ready(struct background *background);

#endif
