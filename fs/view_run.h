/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The runs of a view that are in the kernel, each watched. Of one view and scope (for the network:
 * the namespace; for pid/: the process) a run that is slow keeps others from going in after it, so
 * that what it waits for doesn't cost a worker for each: they pause until it is back. Once it is
 * overdue they fail with -ETIMEDOUT at once, as do new ones, until it has come back.
 */
#ifndef BPFVIEW_VIEW_RUN_H
#define BPFVIEW_VIEW_RUN_H

struct source;
struct view_definition;
struct view_run;
struct view_scope;

/* Goes into the kernel to open an iterator. -ETIMEDOUT, with words, or -ENOMEM. */
int view_run_begin(const struct view_definition *view, const struct view_scope *scope,
		   struct view_run **out);

/*
 * Back from there: with an error, which it returns, or with a source, around which it puts one that
 * is watched. Takes the run and the source.
 */
int view_run_opened(struct view_run *run, int error, struct source **source);

#endif
