/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which process holds a socket: rows of sockets are joined, by the socket's inode, to a walk over
 * all descriptors that is made, beside them, when the rows are asked for.
 */
#ifndef BPFVIEW_OWNERS_H
#define BPFVIEW_OWNERS_H

struct btf;
struct source;
struct view_scope;

/* kernel is the kernel's BTF, or NULL when it has none. */
void owners_init(const struct btf *kernel);
void owners_free(void);

/*
 * Has the rows of *source, with the columns inode, pid, fd and comm, say which process holds the
 * socket: that with the lowest number, as the scope's pid namespace has it. Nothing where that
 * namespace sees none. On failure, with words, frees the source.
 */
int owners_join(const struct view_scope *scope, struct source **source);

#endif
