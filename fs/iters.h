/* SPDX-License-Identifier: GPL-2.0-only */
/* The iterators of one loading of a user's object, its maps and its variables. Any thread. */
#ifndef BPFVIEW_ITERS_H
#define BPFVIEW_ITERS_H

#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct buffer;
struct iters;
struct load_report;
struct load_value;
struct schema;
struct source;

struct iter_program {
	char name[64];
	char target[32]; /* what it iterates: "task", "bpf_map_elem" */
	const struct schema *schema; /* of its rows; NULL: it prints text */
};

/* Which objects of a target are iterated; zeroes are all of them. */
struct iter_choice {
	char map[32]; /* name or id, of a target that needs one */
	char cgroup[256]; /* where the walk begins: as kernel_cgroup() */
	__u32 order; /* enum bpf_cgroup_iter_order; 0: each before those in it */
	pid_t pid, tid; /* in the reader's pid namespace */
};

/* Whose objects: descriptors of namespaces, or -1 for the daemon's own. */
struct iter_scope {
	int network, pids;
};

/* Takes the descriptors of the report, also on failure. -EINVAL, with words, for a row's type. */
int iters_create(const struct load_report *report, const int *programs, const int *maps,
		 struct iters **out);
struct iters *iters_get(struct iters *iters);
void iters_put(struct iters *iters); /* NULL is fine */

/* The program of that name or at that place; NULL when there is none. */
const struct iter_program *iters_find(const struct iters *iters, const char *name);
const struct iter_program *iters_at(const struct iters *iters, size_t index);

/*
 * A new run of a program, which keeps a reference. May take long. -ENOENT for a map, cgroup or
 * process that does not exist, -EINVAL without a map where the target needs one.
 */
int iters_open(struct iters *iters, const struct iter_program *shown,
	       const struct iter_choice *choice, const struct iter_scope *scope,
	       struct source **out);

/*
 * Pins a program that prints text to a path on a BPF filesystem, where it goes on without the
 * daemon, and gives the id of its link. -EPROTOTYPE for one that gives rows, -EEXIST, -EPERM.
 */
int iters_pin(const struct iter_program *shown, const struct iter_choice *choice, const char *path,
	      __u32 *id);
/* Removes a pin of that link; what else is at the path stays. */
int iters_unpin(const char *path, __u32 id);

/* A global variable of the object, or a `const volatile` one, which is set when it is loaded. */
struct iter_variable {
	const char *name;
	bool constant;
	__u32 offset, size, type; /* in its map; bytes; BTF */
	int map; /* a descriptor */
};

/* The variable of that name or at that place; NULL when there is none. */
const struct iter_variable *iters_variable(const struct iters *iters, const char *name);
const struct iter_variable *iters_variable_at(const struct iters *iters, size_t index);

/* Its value as text and a newline. 0 or a negative errno. */
int iters_variable_print(const struct iters *iters, const struct iter_variable *variable,
			 struct buffer *out);

/* The value that a text, which may end with a newline, stands for. -EINVAL, -ERANGE, with words. */
int iters_variable_parse(const struct iters *iters, const struct iter_variable *variable,
			 const char *text, size_t size, struct load_value *out);

/* Sets one that isn't constant. */
int iters_variable_set(const struct iter_variable *variable, const struct load_value *value);

#endif
