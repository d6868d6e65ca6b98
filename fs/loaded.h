/* SPDX-License-Identifier: GPL-2.0-only */
/* What users have loaded, by its names, and the dissector that is built in. Any thread. */
#ifndef BPFVIEW_LOADED_H
#define BPFVIEW_LOADED_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct dissector;
struct document;
struct iter_choice;
struct iters;

#define LOADED_BUILTIN "builtin"

/* Of letters, digits, _ and -. */
#define LOADED_NAME_MOST     48
#define LOADED_INSTANCE_MOST (2 * LOADED_NAME_MOST + 1) /* characters of NAME+ANY */

#define LOADED_SIZE_MOST (16 << 20) /* bytes of an object */

/* The built-in dissector, which is loaded at its first packet. 0 or -ENOMEM. */
int loaded_init(void);
void loaded_free_all(void);

bool loaded_name_valid(const char *name);
/* Whether dissect/NAME is something else than an object's. */
bool loaded_name_reserved(const char *name);

/* Files of load/. */
#define LOADED_OBJECT ".bpf.o"
#define LOADED_SOURCE ".bpf.c"
#define LOADED_LOG    ".log"

/* Whether a file's name is a valid one with that suffix, and which. */
bool loaded_file_is(const char *file, const char *suffix, char out[LOADED_NAME_MOST + 1]);
/*
 * The name of an object by its file's, which is that of a source if source is set. -EINVAL; -EEXIST
 * for one that has a meaning of its own.
 */
int loaded_file_name(const char *file, char out[LOADED_NAME_MOST + 1], bool *source);

/*
 * Loads an object in the place of that of the same name, also where that is attached. It stays when
 * this fails; the log is the new one's in any case. Takes the bytes. As load_object().
 */
int loaded_load(const char *name, struct buffer *bytes);
/* The same for a source, which is compiled first: also as compile(). */
int loaded_compile(const char *name, struct buffer *bytes);

/* Unloads an object; who uses it still goes on. -ENOENT, -EBUSY while it is attached. */
int loaded_remove(const char *name);
/* Forgets a log, or the source of an object, which stays. -ENOENT. */
int loaded_remove_log(const char *name);
int loaded_remove_source(const char *name);
/* An object, its log and all that is made of it get another name. -ENOENT, -EEXIST. */
int loaded_rename(const char *name, const char *to);

/*
 * Attaches a dissector to a network namespace, a descriptor, under a name. -ENOENT; -EACCES for the
 * initial one, unless that is allowed; else as attachments_add().
 */
int loaded_attach(const char *object, const char *name, const char *target, int network);
/* Lets dissectors be attached to the initial network namespace. */
void loaded_allow_initial(void);
int loaded_detach(const char *object, const char *name); /* -ENOENT */
/* A reference to an attachment's target, or NULL. */
struct document *loaded_attachment(const char *object, const char *name);
/* Copies the name of the attachment at that place; false past the last. */
bool loaded_attachment_at(const char *object, size_t index, char *name, size_t size);
size_t loaded_attachments(const char *object);

/*
 * Instances: the iterators of an object with parameters of their own. NAME is the first, NAME+ANY
 * are others. -ENOENT when there is no such object, or it has no iterators.
 */
/* The iterators, a reference, and if out is not NULL what they are run over; or NULL. */
struct iters *loaded_iters(const char *name, struct iter_choice *out);
int loaded_instance_add(const char *name); /* -EEXIST, -EINVAL for the name, as loaded_load() */
int loaded_instance_remove(const char *name);
/* Copies the name of that place among an object's instances; false past the last. */
bool loaded_instance_at(const char *object, size_t index, char *out, size_t size);
/* Sets a variable, for which a constant one is loaded anew; as iters_variable_parse(). */
int loaded_variable_set(const char *instance, const char *name, const char *text, size_t size);
/*
 * Pins a program of an instance to a path, as iters_pin(), and removes the pin. -EEXIST when it has
 * one. A pin outlives its instance, and this daemon.
 */
int loaded_pin(const char *instance, const char *program, const char *path);
int loaded_unpin(const char *instance, const char *program);
/* A reference to the path, with its NUL, that a program is pinned to, or NULL. */
struct document *loaded_pinned(const char *instance, const char *program);
/* Sets what the iterators are run over. */
int loaded_choice_set(const char *name, const struct iter_choice *choice);

/* Each a reference for the caller, or NULL. */
struct dissector *loaded_dissector(const char *name);
struct document *loaded_object(const char *name);
struct document *loaded_source(const char *name);
struct document *loaded_log(const char *name);

/* What there is of a name: the built-in dissector has neither object nor log. */
struct loaded_parts {
	bool dissector, iters, source, object, log;
	bool failed; /* the last attempt to load it did */
};

/* Visits all names, in their order, until it returns non-zero, which is returned; or -ENOMEM. */
typedef int loaded_visit(void *context, const char *name, const struct loaded_parts *parts);
int loaded_visit_all(loaded_visit *visit, void *context);

#endif
