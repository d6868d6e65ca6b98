/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads users' BPF objects. An object is parsed and loaded in a process of its own, this program
 * started anew, with limits of time and memory: a crash or a hang there is a failed load.
 */
#ifndef BPFVIEW_LOAD_H
#define BPFVIEW_LOAD_H

#include <stddef.h>

struct dissector;
struct document;
struct iters;
struct load_value;

#define LOAD_SECONDS 30

/* The argument that makes bpfview that process. */
#define LOAD_ARGUMENT "--load"

/* What to load. */
struct load_request {
	const char *name; /* of the object */
	const struct document *object;
	const struct load_value *values; /* that its variables are set to */
	size_t count; /* of values */
};

/* What was loaded: references, either of which may be NULL. */
struct load_result {
	struct dissector *dissector;
	struct iters *iters;
};

/*
 * Loads an object's flow dissector and iterators. *log is all that there is to say of it, also
 * after a failure, or NULL without memory. Takes up to LOAD_SECONDS. A negative errno with words:
 * -ENOEXEC for what is no BPF object, -EPROTOTYPE for programs of other types, -EACCES for what the
 * verifier refuses, -EINVAL for rows that can't be shown, -ETIMEDOUT, -EIO when the process
 * crashed.
 */
int load_object(const struct load_request *request, struct load_result *out, struct document **log);

/* The log of an error before there was an object, with this thread's words, which it keeps. */
struct document *load_log(int error);

/* Lets go of both. */
void load_result_put(struct load_result *result);

#endif
