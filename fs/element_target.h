/* SPDX-License-Identifier: GPL-2.0-only */
/* What the iterator programs attach to that are put together for one map. */
#ifndef BPFVIEW_ELEMENT_TARGET_H
#define BPFVIEW_ELEMENT_TARGET_H

struct assembly;

enum element_target {
	ELEMENT_TARGET_MAP,
	ELEMENT_TARGET_SOCKMAP,
	ELEMENT_TARGET_SOCKET_STORAGE,
	ELEMENT_TARGET_TASK,
};

/* Returns the program's descriptor, or a negative errno without words. */
int element_target_load(enum element_target target, const struct assembly *program);

/* Where in a task its numbers are; bytes. 0 or a negative errno. */
int element_target_task(int *pid, int *tgid);

#endif
