// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/btf.h>
#include <malloc.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "document.h"
#include "header.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct document *vmlinux;

/* Where a member is gets settled when the program is loaded. */
static const char begin[] = "#ifndef __VMLINUX_H__\n"
			    "#define __VMLINUX_H__\n"
			    "\n"
			    "#pragma clang attribute push(__attribute__((preserve_access_index)), "
			    "apply_to = record)\n"
			    "\n";
static const char end[] = "\n"
			  "#pragma clang attribute pop\n"
			  "\n"
			  "#endif\n";

static void print(void *context, const char *format, va_list arguments)
{
	struct buffer *out = context;
	va_list copy;
	int length;

	va_copy(copy, arguments);
	length = vsnprintf(NULL, 0, format, copy);
	va_end(copy);
	if (length <= 0 || !buffer_room(out, (size_t)length + 1))
		return;
	vsnprintf(out->data + out->size, (size_t)length + 1, format, arguments);
	out->size += (size_t)length;
}

static int types_print(const struct btf *kernel, struct buffer *out)
{
	struct btf_dump *dump = btf_dump__new(kernel, print, out, NULL);
	unsigned int count = btf__type_cnt(kernel);
	int error = dump ? 0 : -1;

	for (unsigned int type = 1; !error && type < count; type++)
		error = btf_dump__dump_type(dump, type);
	btf_dump__free(dump);
	return error;
}

static struct document *vmlinux_make(void)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	struct document *document = NULL;
	struct buffer text = {0};

	if (!kernel)
		return NULL;
	buffer_put_string(&text, begin);
	if (!types_print(kernel, &text)) {
		buffer_put_string(&text, end);
		document = document_create(&text);
	}
	btf__free(kernel);
	buffer_free(&text);
	malloc_trim(0);
	return document;
}

struct document *header_vmlinux(void)
{
	struct document *document;

	pthread_mutex_lock(&lock);
	if (!vmlinux)
		vmlinux = vmlinux_make();
	document = vmlinux ? document_get(vmlinux) : NULL;
	pthread_mutex_unlock(&lock);
	return document;
}

void headers_free(void)
{
	document_put(vmlinux);
	vmlinux = NULL;
}
