// SPDX-License-Identifier: GPL-2.0-only
/* Loading into the place of what was there. */
#include <errno.h>
#include <string.h>

#include "buffer.h"
#include "compile.h"
#include "dissector.h"
#include "document.h"
#include "explain.h"
#include "loaded_inside.h"

/* The files of an object; any of them may be NULL. */
struct files {
	struct document *source, *object, *log;
};

static void files_put(struct files *files)
{
	document_put(files->source);
	document_put(files->object);
	document_put(files->log);
}

static void document_swap(struct document **one, struct document **other)
{
	struct document *document = *one;

	*one = *other;
	*other = document;
}

/* A dissector that is attached stays so, by its new program; one that is gone can't. */
static int dissector_replace(struct loaded *loaded, struct dissector **dissector)
{
	struct dissector *before = loaded->dissector;
	int error = 0;

	if (*dissector)
		error = attachments_update(&loaded->attachments, dissector_live(*dissector));
	else if (attachments_count(&loaded->attachments))
		error = explain(-EBUSY, "detach it first: rm dissect/NAME/attach/*",
				"%s is attached, and the new object has no dissector",
				loaded->name);
	if (error)
		return error;
	loaded->dissector = *dissector;
	*dissector = before;
	return 0;
}

/* Puts what was loaded in its place; what was there before is left in the arguments. */
static int replace(const char *name, int failed, struct load_set *set, struct files *files)
{
	struct loaded *loaded;
	int error = failed;

	pthread_mutex_lock(&loaded_lock);
	loaded = loaded_find_or_make(name);
	if (!loaded) {
		pthread_mutex_unlock(&loaded_lock);
		return -ENOMEM;
	}
	if (!error)
		error = dissector_replace(loaded, &set->first.dissector);
	if (!error)
		error = instances_replace(loaded, set);
	if (error && !failed) { /* the log says that it was loaded */
		document_put(files->log);
		files->log = load_log(error);
	}
	loaded->failed = error;
	document_swap(&loaded->log, &files->log);
	if (!error) {
		document_swap(&loaded->object, &files->object);
		document_swap(&loaded->source, &files->source);
	}
	pthread_mutex_unlock(&loaded_lock);
	return error;
}

int loaded_load(const char *name, struct buffer *bytes)
{
	struct files files = {.object = document_create(bytes)};
	struct load_set set = {0};
	int error;

	if (!files.object)
		return -ENOMEM;
	pthread_mutex_lock(&loaded_loading);
	error = load_set_make(name, files.object, &set, &files.log);
	error = replace(name, error, &set, &files);
	pthread_mutex_unlock(&loaded_loading);
	load_set_free(&set);
	files_put(&files);
	return error;
}

/* What clang says comes after the words, or before what libbpf says. */
static void log_join(struct files *files, const struct buffer *messages)
{
	const struct document *log = files->log;
	struct buffer joined = {0};
	const char *words = log ? memmem(log->bytes, log->size, "\n\n", 2) : NULL;
	size_t head = words ? (size_t)(words - log->bytes) + 2 : 0;
	struct document *whole;

	if (!messages->size || !log)
		return;
	buffer_put(&joined, log->bytes, head);
	buffer_put(&joined, messages->data, messages->size);
	buffer_put(&joined, log->bytes + head, log->size - head);
	whole = document_create(&joined);
	document_put(files->log);
	files->log = whole;
}

static int compile_and_load(const char *name, struct files *files)
{
	struct buffer object = {0}, messages = {0};
	struct load_set set = {0};
	int error = compile(name, files->source, &object, &messages);

	if (!error) {
		files->object = document_create(&object);
		error = files->object ? load_set_make(name, files->object, &set, &files->log)
				      : -ENOMEM;
	} else {
		files->log = load_log(error);
	}
	log_join(files, &messages);
	error = replace(name, error, &set, files);
	load_set_free(&set);
	buffer_free(&object);
	buffer_free(&messages);
	return error;
}

int loaded_compile(const char *name, struct buffer *bytes)
{
	struct files files = {.source = document_create(bytes)};
	int error;

	if (!files.source)
		return -ENOMEM;
	pthread_mutex_lock(&loaded_loading);
	error = compile_and_load(name, &files);
	pthread_mutex_unlock(&loaded_loading);
	files_put(&files);
	return error;
}
