/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of the loaded*.c files. */
#ifndef BPFVIEW_LOADED_INSIDE_H
#define BPFVIEW_LOADED_INSIDE_H

#include <pthread.h>
#include <sys/queue.h>

#include "attachments.h"
#include "iters.h"
#include "load.h"
#include "load_report.h"
#include "loaded.h"

/* A pin of a program, by its link's id. */
struct pinned {
	LIST_ENTRY(pinned) link;
	char program[64];
	__u32 id;
	struct document *path; /* with its NUL */
};

/* The iterators of an object with parameters of their own. */
struct instance {
	LIST_ENTRY(instance) link;
	char suffix[LOADED_NAME_MOST + 1]; /* "" or what comes after the + */
	struct iters *iters;
	struct iter_choice choice;
	struct load_value *values; /* that were written */
	size_t count; /* of values */
	LIST_HEAD(, pinned) pins;
};

struct loaded {
	LIST_ENTRY(loaded) link;
	char name[LOADED_NAME_MOST + 1];
	struct dissector *dissector; /* NULL, as the object, when nothing was loaded so far */
	struct document *object; /* NULL, as the log, of the built-in one */
	struct document *source; /* NULL unless it was compiled */
	struct document *log; /* NULL also when it was removed */
	bool failed; /* to load, last */
	struct attachments attachments;
	LIST_HEAD(, instance) instances; /* the first has no suffix; none without iterators */
};

/* One object is loaded at a time, and instances are made, changed and removed. Comes before: */
extern pthread_mutex_t loaded_loading;
extern pthread_mutex_t loaded_lock; /* of all of them, and their list */

/* That of the name, or NULL. Under the lock. */
struct loaded *loaded_find(const char *name);
struct loaded *loaded_find_or_make(const char *name); /* NULL: no memory */
/* The first of them, in the order of their names, or NULL. Under the lock. */
const struct loaded *loaded_first(void);

/* What was loaded for an object and each of its instances, before it is put in its place. */
struct load_set {
	struct load_result first;
	struct iters **others; /* of the instances after the first, in their order */
	size_t count; /* of others */
};

/* loaded_instances.c, under loaded_loading. Loads what a set needs; as load_object(). */
int load_set_make(const char *name, const struct document *object, struct load_set *out,
		  struct document **log);
void load_set_free(struct load_set *set);

/* Puts a set's iterators in their places, also under loaded_lock: then it holds the old ones. */
int instances_replace(struct loaded *loaded, struct load_set *set);
void instances_free(struct loaded *loaded);
/* loaded_pins.c: forgets an instance's pins, which stay. */
void pins_free(struct instance *instance);

/* Under the lock: the instance of that name and its object, or NULL. */
struct instance *instance_find(const char *name, struct loaded **loaded);

#endif
