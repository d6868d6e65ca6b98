// SPDX-License-Identifier: GPL-2.0-only
/* include/: what a program for this mount is compiled with, clang -I include. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "document.h"
#include "format.h"
#include "header.h"
#include "tree_directory.h"

#define FOLDER	"include/"
#define VMLINUX "vmlinux.h"

static const struct directory one_folder;

/* Whether a header is in that folder of include/, and its name there; "" is include/ itself. */
static const char *name_in(const struct object *header, const char *folder)
{
	size_t length = strlen(folder);

	if (strncmp(header->name, folder, length) || header->name[length] != '/')
		return NULL;
	return header->name + length + 1;
}

static struct document *header_document(const struct object *header)
{
	struct buffer text = {0};

	buffer_put(&text, header->data, header->size);
	return text.failed ? NULL : document_create(&text);
}

static int folder_lookup(const struct entry *in, const char *name, const struct caller *caller,
			 struct entry *out)
{
	const char *path = out->path + strlen(FOLDER);

	(void)in, (void)name, (void)caller;
	for (size_t i = 0; i < header_count; i++) {
		if (strcmp(headers[i].name, path))
			continue;
		out->type = ENTRY_DOCUMENT;
		out->document = header_document(&headers[i]);
		return out->document ? 0 : -ENOMEM;
	}
	return -ENOENT;
}

static int folder_list(const struct entry *in, const struct caller *caller, tree_add *add,
		       void *context)
{
	const char *name;
	int stop = 0;

	(void)caller;
	for (size_t i = 0; !stop && i < header_count; i++)
		if ((name = name_in(&headers[i], in->path + strlen(FOLDER))))
			stop = directory_add(in, name, ENTRY_DOCUMENT, add, context);
	return stop;
}

static const struct directory one_folder = {.lookup = folder_lookup, .list = folder_list};

static int include_lookup(const struct entry *in, const char *name, const struct caller *caller,
			  struct entry *out)
{
	(void)in, (void)caller;
	if (out->format != &format_text)
		return -ENOENT;
	if (!strcmp(name, VMLINUX)) {
		out->type = ENTRY_DOCUMENT;
		out->document = header_vmlinux();
		return out->document ? 0 : -ENOENT;
	}
	for (size_t i = 0; i < header_count; i++) {
		if (!name_in(&headers[i], name))
			continue;
		out->type = ENTRY_DIRECTORY;
		out->directory = &one_folder;
		return 0;
	}
	return -ENOENT;
}

static int include_list(const struct entry *in, const struct caller *caller, tree_add *add,
			void *context)
{
	char folder[64] = "", before[sizeof(folder)];
	int stop = directory_add(in, VMLINUX, ENTRY_DOCUMENT, add, context);

	(void)caller;
	for (size_t i = 0; !stop && i < header_count; i++) {
		strcpy(before, folder);
		snprintf(folder, sizeof(folder), "%.*s", (int)strcspn(headers[i].name, "/"),
			 headers[i].name);
		if (strcmp(folder, before))
			stop = directory_add(in, folder, ENTRY_DIRECTORY, add, context);
	}
	return stop;
}

const struct directory directory_include = {"include", &directory_root, include_lookup,
					    include_list, NULL};
