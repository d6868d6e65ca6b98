/* SPDX-License-Identifier: GPL-2.0-only */
/* What the process that loads an object says of it, with the descriptors beside it. */
#ifndef BPFVIEW_LOAD_REPORT_H
#define BPFVIEW_LOAD_REPORT_H

#include <stdint.h>

#include "explain.h"

/* The descriptors that the process is given. */
enum load_descriptor {
	LOAD_OBJECT = 0, /* the ELF file */
	LOAD_LOG = 1, /* a file for what libbpf and the verifier say; 2 is another one for it */
	LOAD_REPORT = 3, /* a socket for this report */
	LOAD_DESCRIPTORS,
};

#define LOAD_MAPS 64 /* that an object may have */

struct load_report {
	int error; /* 0, or a negative errno */
	struct explanation words; /* of an error; else the message says what was loaded */
	uint32_t maps; /* beside the report: first the program to enter at, then so many maps */
};

#endif
