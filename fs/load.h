/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads users' BPF objects. An object is parsed and loaded in a process of its own, this program
 * started anew, with limits of time and memory: a crash or a hang there is a failed load.
 */
#ifndef BPFVIEW_LOAD_H
#define BPFVIEW_LOAD_H

struct dissector;
struct document;

#define LOAD_SECONDS 30

/* The argument that makes bpfview that process. */
#define LOAD_ARGUMENT "--load"

/*
 * Loads a dissector and gives it with one reference. *log is all that there is to say of it, also
 * after a failure, or NULL without memory. Takes up to LOAD_SECONDS. A negative errno with words:
 * -ENOEXEC for what is no BPF object, -EPROTOTYPE for programs of other types, -EACCES for what the
 * verifier refuses, -ETIMEDOUT, -EIO when the process crashed.
 */
int load_dissector(const char *name, const struct document *object, struct dissector **out,
		   struct document **log);

#endif
