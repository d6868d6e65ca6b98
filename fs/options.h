/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line. */
#ifndef BPFVIEW_OPTIONS_H
#define BPFVIEW_OPTIONS_H

#include <stdbool.h>

#include "serve.h"

struct fuse_args;

#define DISSECT_LIMIT 64

struct options {
	bool foreground, help, version, tables;
	bool load; /* changes are allowed */
	bool attach_init; /* dissectors to the initial network namespace, too */
	char *mountpoint;
	char *load_folder; /* of objects to load, or NULL */
	char *spool; /* folder of large tables, NULL for the usual one */
	unsigned int timeout; /* seconds that the kernel may take */
	unsigned int dissect_limit; /* MiB that an exchange's results may take */
	struct access access;
};

/* Takes what is bpfview's own; what is left in arguments is for libfuse. 0, or -1 after words. */
int options_parse(struct options *options, struct fuse_args *arguments);
void options_free(struct options *options);

void options_help(const char *program);

#endif
