/* SPDX-License-Identifier: GPL-2.0-only */
/* What users have loaded, by its names, and the dissector that is built in. Any thread. */
#ifndef BPFVIEW_LOADED_H
#define BPFVIEW_LOADED_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct dissector;
struct document;

#define LOADED_BUILTIN "builtin"

/* Of letters, digits, _ and -. */
#define LOADED_NAME_MOST 48

#define LOADED_SIZE_MOST (16 << 20) /* bytes of an object */

/* The built-in dissector, which is loaded at its first packet. 0 or -ENOMEM. */
int loaded_init(void);
void loaded_free_all(void);

bool loaded_name_valid(const char *name);

/*
 * Loads an object in the place of that of the same name, also where that is attached. It stays when
 * this fails; the log is the new one's in any case. Takes the bytes. As load_dissector().
 */
int loaded_load(const char *name, struct buffer *bytes);

/* Unloads an object; who uses it still goes on. -ENOENT, -EBUSY while it is attached. */
int loaded_remove(const char *name);
/* Forgets a log. -ENOENT. */
int loaded_remove_log(const char *name);
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

/* Each a reference for the caller, or NULL. */
struct dissector *loaded_dissector(const char *name);
struct document *loaded_object(const char *name);
struct document *loaded_log(const char *name);

/* What there is of a name: the built-in dissector has neither object nor log. */
struct loaded_parts {
	bool dissector, object, log;
	bool failed; /* the last attempt to load it did */
};

/* Visits all names, in their order, until it returns non-zero, which is returned; or -ENOMEM. */
typedef int loaded_visit(void *context, const char *name, const struct loaded_parts *parts);
int loaded_visit_all(loaded_visit *visit, void *context);

#endif
