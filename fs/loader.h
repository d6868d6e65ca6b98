/* SPDX-License-Identifier: GPL-2.0-only */
/* The process that loads a user's object: see load.h. Its main(); the exit status is its result. */
#ifndef BPFVIEW_LOADER_H
#define BPFVIEW_LOADER_H

int loader_main(const char *name);

#endif
