// SPDX-License-Identifier: GPL-2.0-only
#include "passes.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "given.h"
#include "iterator.h"
#include "kernel.h"
#include "schema.h"
#include "source.h"

struct passes {
	struct source source;
	int link, start; /* the map whose value is the program's bpfview_pass_start */
	uint64_t place; /* how many objects the passes of this walk have gone by */
	uint64_t last; /* the object just before place */
	struct given given;
};

/* All readers of a view share its program, and the kernel takes them one after another anyway. */
static pthread_mutex_t pass_lock = PTHREAD_MUTEX_INITIALIZER;

static ssize_t pass_run(const struct passes *passes, uint64_t start, void *records, size_t size)
{
	const uint32_t first = 0;
	ssize_t got;
	int iterator;

	pthread_mutex_lock(&pass_lock);
	iterator = bpf_map_update_elem(passes->start, &first, &start, BPF_ANY);
	if (!iterator)
		iterator = bpf_iter_create(passes->link);
	if (iterator < 0) {
		got = explain(iterator, NULL, "reading the iterator: %s", strerror(-iterator));
	} else {
		got = iterator_read(iterator, records, size);
		close(iterator);
	}
	pthread_mutex_unlock(&pass_lock);
	return got;
}

/* Something before the last object has come or gone: from the start, for what was not given yet. */
static int walk_again(struct passes *passes)
{
	passes->place = 0;
	return given_walk_again(&passes->given);
}

/*
 * Takes the rows of a pass and leaves those to give. Returns their bytes; *seen: objects gone by.
 * With overlap the first must be the last that is known, or the walk is out of place: 0 for both.
 */
static ssize_t pass_take(struct passes *passes, bool overlap, char *records, size_t size,
			 uint64_t *seen)
{
	size_t at = 0, kept = 0;
	uint64_t object;
	long one;
	int error;

	for (*seen = 0; at < size; at += (size_t)one, ++*seen) {
		one = schema_record_size(passes->source.schema, records + at, size - at);
		if (one < 0)
			return one;
		memcpy(&object, records + at, sizeof(object));
		if (!*seen && overlap && object != passes->last)
			return 0;
		passes->last = object;
		if ((!*seen && overlap) || given_before(&passes->given, object))
			continue;
		error = given_add(&passes->given, object);
		if (error)
			return error;
		memmove(records + kept, records + at, (size_t)one);
		kept += (size_t)one;
	}
	passes->place += *seen - (*seen && overlap);
	return (ssize_t)kept;
}

static ssize_t pass(struct passes *passes, bool overlap, void *records, size_t size, uint64_t *seen)
{
	ssize_t got = pass_run(passes, passes->place - overlap, records, size);

	*seen = 0;
	return got > 0 ? pass_take(passes, overlap, records, (size_t)got, seen) : got;
}

static ssize_t passes_fill(struct source *source, void *records, size_t size)
{
	struct passes *passes = (struct passes *)source;
	ssize_t kept = 0;

	while (!kept) {
		bool overlap = passes->place;
		uint64_t seen;

		kept = pass(passes, overlap, records, size, &seen);
		if (kept || seen > overlap)
			continue;
		if (overlap && !seen) {
			kept = walk_again(passes);
			continue;
		}
		/* The next row may be too large to share the kernel's buffer with the last. */
		if (overlap)
			kept = pass(passes, false, records, size, &seen);
		if (!seen || !overlap)
			break;
	}
	return kept;
}

static void passes_free(struct source *source)
{
	struct passes *passes = (struct passes *)source;

	if (passes->start >= 0)
		close(passes->start);
	given_free(&passes->given);
	free(passes);
}

static const struct source_operations passes_operations = {
	.fill = passes_fill,
	.free = passes_free,
};

static int start_check(int map)
{
	struct bpf_map_info info = {0};
	uint32_t size = sizeof(info);

	if (bpf_obj_get_info_by_fd(map, &info, &size))
		return explain(-errno, "", "bpfview_pass_start: %s", strerror(errno));
	return info.value_size == sizeof(uint64_t)
		       ? 0
		       : explain(-EINVAL, "include <bpfview/passes.bpf.h>",
				 "bpfview_pass_start is not alone in its section");
}

int passes_source_create(int link, const struct schema *schema, struct source **out)
{
	struct passes *passes = calloc(1, sizeof(*passes));
	int error;

	if (!passes)
		return -ENOMEM;
	passes->source.operations = &passes_operations;
	passes->source.schema = schema;
	passes->link = link;
	passes->start = kernel_link_map(link, ".bss.passes");
	error = passes->start < 0 ? passes->start : start_check(passes->start);
	if (error) {
		passes_free(&passes->source);
		return error;
	}
	*out = &passes->source;
	return 0;
}
