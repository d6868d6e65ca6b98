/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside of the loaded*.c files. */
#ifndef BPFVIEW_LOADED_INSIDE_H
#define BPFVIEW_LOADED_INSIDE_H

#include <pthread.h>
#include <sys/queue.h>

#include "attachments.h"
#include "loaded.h"

struct loaded {
	LIST_ENTRY(loaded) link;
	char name[LOADED_NAME_MOST + 1];
	struct dissector *dissector; /* NULL, as the object, when nothing was loaded so far */
	struct document *object; /* NULL, as the log, of the built-in one */
	struct document *log; /* NULL also when it was removed */
	bool failed; /* to load, last */
	struct attachments attachments;
};

extern pthread_mutex_t loaded_lock; /* of all of them, and their list */

/* That of the name, or NULL. Under the lock. */
struct loaded *loaded_find(const char *name);

#endif
