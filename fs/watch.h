/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A watch over what a worker of the pool asks of the kernel, which may not answer in time: a lock
 * that it needs may be held for as long as someone pleases, and the worker can't be called back.
 */
#ifndef BPFVIEW_WATCH_H
#define BPFVIEW_WATCH_H

#include <stdbool.h>

struct explanation;

/* Watches nest. The time begins anew whenever one of the worker's begins, ends or is renewed. */
struct watch {
	struct watch *outer;
	/*
	 * The worker has been in there for the pool's limit (-ETIMEDOUT). Called once, innermost
	 * watch first, by the pool's own thread while the worker still is in there. The words are
	 * for the user; an inner watch may change them for those around it.
	 */
	void (*overdue)(struct watch *watch, struct explanation *words);
	bool told;
};

/* In a thread that is no worker nothing is watched. */
void watch_begin(struct watch *watch);

/* Returns after overdue() if that is being called: hold no lock that it takes. */
void watch_end(struct watch *watch);

/* The kernel has answered, and is asked once more for the same. */
void watch_renew(void);

#endif
