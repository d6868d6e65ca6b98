/* SPDX-License-Identifier: GPL-2.0-only */
/* What the process that loads an object is given, and what it says of it. */
#ifndef BPFVIEW_LOAD_REPORT_H
#define BPFVIEW_LOAD_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "explain.h"

/* The descriptors that the process is given. */
enum load_descriptor {
	LOAD_OBJECT = 0, /* the ELF file */
	LOAD_LOG = 1, /* a file for what libbpf and the verifier say; 2 is another one for it */
	LOAD_REPORT = 3, /* a socket for the report */
	LOAD_VALUES = 4, /* a file of struct load_value */
	LOAD_DESCRIPTORS,
};

#define LOAD_MAPS      64 /* that an object may have */
#define LOAD_ITERATORS 32

#define LOAD_VALUE_MOST 256 /* bytes */

/* What a variable is set to before the object is loaded, if it has one of that name and size. */
struct load_value {
	char name[64];
	uint32_t size; /* bytes */
	uint8_t bytes[LOAD_VALUE_MOST];
};

struct load_iterator {
	char name[64]; /* of the program */
	char target[32]; /* what it iterates: "task" */
};

/* With the descriptors beside it: the dissector, the iterators, the maps. */
struct load_report {
	int error; /* 0, or a negative errno */
	struct explanation words; /* of an error; else the message says what was loaded */
	uint32_t dissectors; /* 0 or 1: the program to enter at */
	uint32_t iterator_count, maps;
	struct load_iterator iterators[LOAD_ITERATORS];
};

#define LOAD_DESCRIPTORS_MOST (1 + LOAD_ITERATORS + LOAD_MAPS)

#endif
