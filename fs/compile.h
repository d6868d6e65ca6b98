/* SPDX-License-Identifier: GPL-2.0-only */
/* Compiles BPF programs with clang, in a process of its own, against the mount's include/. */
#ifndef BPFVIEW_COMPILE_H
#define BPFVIEW_COMPILE_H

struct buffer;
struct document;

/* Before the first: where the mount is. */
void compile_set_mount(const char *path);

/*
 * Compiles a source, which is called NAME.bpf.c in what clang says: that goes to messages also when
 * it succeeds. -EINVAL, with the first error in words, for a source that is wrong; -EOPNOTSUPP
 * without clang; -ETIMEDOUT.
 */
int compile(const char *name, const struct document *source, struct buffer *object,
	    struct buffer *messages);

#endif
