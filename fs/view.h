/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A view: a BPF iterator of bpf/ shown as a table. views.c lists them; a view's object is loaded at
 * its first opening and stays loaded.
 */
#ifndef BPFVIEW_VIEW_H
#define BPFVIEW_VIEW_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "reader.h"
#include "view_object.h"

struct btf;
struct source;

/* What a view's iterator waits for: it is held up for as long as someone else keeps it. */
enum view_wait {
	WAITS_NOT,
	WAITS_FOR_MEMORY, /* of each process: its pages, or the lock of its mappings */
	/*
	 * The lock of each socket. Its owner may hold it while it reads a page of this very table,
	 * mapped or to be sent; so the table is made whole before the open is answered.
	 */
	WAITS_FOR_SOCKETS,
};

struct view_definition {
	const char *path; /* in the tree, "maps/list" */
	const char *object; /* bpf/OBJECT.bpf.c, its program OBJECT and struct OBJECT_row */
	const char *summary; /* for README: "a row for each process" */
	enum view_wait waits;
	/* Fills in, when given, the columns of a row that the program can't know. */
	void (*details)(void *context, void *row);
	bool owned; /* rows are sockets: owners.h fills in who holds them */
};

extern const struct view_definition view_definitions[];
extern const size_t view_count;

enum view_state {
	VIEW_UNLOADED,
	VIEW_LOADED,
	VIEW_FAILED, /* didn't load; tried again at the next opening */
	VIEW_ABSENT, /* the kernel lacks it */
};

struct view {
	const struct view_definition *definition;
	pthread_mutex_t lock; /* of all below but object and usage */
	_Atomic enum view_state state; /* changed with the lock, read without */
	char reason[384]; /* of VIEW_FAILED and VIEW_ABSENT */
	int link; /* the iterator's link, or -1 */
	struct view_object object; /* without a schema when it could not be read */
	struct usage usage;
};

/*
 * Reads each view's columns and finds out which views the kernel lacks. Once, at the start. A view
 * that can't be read is VIEW_ABSENT with its reason. Only -ENOMEM fails.
 */
int views_init(void);
void views_free(void);

/* A view that is no table of its own. kernel is the kernel's BTF, or NULL when it has none. */
void view_init(struct view *view, const struct view_definition *definition,
	       const struct btf *kernel);
void view_free(struct view *view);

/* The view at that place in view_definitions. */
struct view *view_at(size_t index);

/* The view of that path if the kernel has it, or NULL. */
struct view *view_find(const char *path);

bool view_is_absent(struct view *view);

/* What a run of a view is about. Namespaces are descriptors, or -1 for the daemon's own. */
struct view_scope {
	int network; /* whose sockets and routes */
	int pids; /* that numbers processes, and sees no others */
	pid_t process; /* alone, as pids numbers it, or 0 */
};

/*
 * A new run of the view's iterator; loads it first when need be. May take long. -ENOENT when the
 * process does not exist, also later, from the source, when it has ended before all was read.
 * -ETIMEDOUT while an earlier run of the same view and scope is overdue (watch.h).
 */
int view_open(struct view *view, const struct view_scope *scope, struct source **out);

#endif
