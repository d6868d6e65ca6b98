/* SPDX-License-Identifier: GPL-2.0-only */
/* Sets the variables of a user's object before it is loaded. */
#ifndef BPFVIEW_LOADER_VARIABLES_H
#define BPFVIEW_LOADER_VARIABLES_H

struct bpf_object;

/* To what view.bpf.h promises, and to the values in the descriptor LOAD_VALUES. 0 or -ENOMEM. */
int variables_set(struct bpf_object *object);

#endif
