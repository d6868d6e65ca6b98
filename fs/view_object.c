// SPDX-License-Identifier: GPL-2.0-only
#include "view_object.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "constants.h"
#include "explain.h"
#include "object.h"
#include "object_loader.h"
#include "schema.h"
#include "stash.h"

/* The first thing that libbpf warned of since object_open(): the rest follows from it. */
static _Thread_local char warning[200];

static int warning_keep(enum libbpf_print_level level, const char *format, va_list arguments)
{
	if (level == LIBBPF_WARN && !warning[0])
		vsnprintf(warning, sizeof(warning), format, arguments);
	warning[strcspn(warning, "\n")] = '\0';
	return 0;
}

static int object_open(const char *name, struct bpf_object **out)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = name);
	const struct object *object = object_find(name);

	if (!object)
		return explain(-ENOENT, "", "no object %s is built in", name);
	libbpf_set_print(warning_keep);
	warning[0] = '\0';
	*out = bpf_object__open_mem(object->data, object->size, &options);
	return *out ? 0 : explain(-errno, "", "object %s can't be read: %s", name, warning);
}

static int object_program(struct bpf_object *object, const char *name, struct bpf_program **out)
{
	*out = bpf_object__find_program_by_name(object, name);
	return *out ? 0 : explain(-EINVAL, "", "object %s has no program %s", name, name);
}

/* "iter/task" and "iter.s/task" iterate what the kernel declares as bpf_iter_task. */
static int target_check(struct bpf_program *program, const struct btf *kernel)
{
	char function[64];

	snprintf(function, sizeof(function), "bpf_iter_%s", object_target(program));
	if (!kernel)
		return explain(-ENOENT, "CONFIG_DEBUG_INFO_BTF", "the kernel has no BTF");
	if (btf__find_by_name_kind(kernel, function, BTF_KIND_FUNC) < 0)
		return explain(-ENOENT, "a newer kernel may have it",
			       "the kernel has no iterator %s", function + strlen("bpf_iter_"));
	return 0;
}

static struct bpf_map *object_constants(struct bpf_object *object, size_t *size,
					const void **initial)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, ".rodata");

	*initial = map ? bpf_map__initial_value(map, size) : NULL;
	return *initial ? map : NULL;
}

static int constants_read(struct bpf_object *object, const struct btf *kernel,
			  struct view_object *out)
{
	const struct btf *btf = bpf_object__btf(object);
	int section = btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC);
	const void *initial;

	if (section < 0 || !object_constants(object, &out->constants_size, &initial))
		return 0;
	out->constants = malloc(out->constants_size);
	if (!out->constants)
		return -ENOMEM;
	memcpy(out->constants, initial, out->constants_size);
	constants_fill(btf, (__u32)section, kernel, out->constants);
	return 0;
}

int view_object_read(const char *name, const struct btf *kernel, struct view_object *out)
{
	struct bpf_object *object = NULL;
	struct bpf_program *program;
	char row[64];
	int type, error;

	error = object_open(name, &object);
	if (!error)
		error = object_program(object, name, &program);
	if (error)
		goto out;
	snprintf(row, sizeof(row), "%s_row", name);
	type = btf__find_by_name_kind(bpf_object__btf(object), row, BTF_KIND_STRUCT);
	if (type < 0) {
		error = explain(-EINVAL, "BPFVIEW_ROW() declares it", "no struct %s", row);
		goto out;
	}
	error = schema_from_btf(bpf_object__btf(object), (__u32)type, &out->schema);
	if (!error)
		error = target_check(program, kernel);
	if (!error)
		error = constants_read(object, kernel, out);
	out->in_passes = btf__find_by_name_kind(bpf_object__btf(object), "bpfview_pass_start",
						BTF_KIND_VAR) > 0;
	out->stashed = bpf_object__find_map_by_name(object, STASH_NAME) != NULL;
out:
	bpf_object__close(object);
	return error;
}

void view_object_free(struct view_object *object)
{
	schema_free(object->schema);
	free(object->constants);
}

static int object_open_set(const char *name, const struct view_object *view,
			   struct bpf_object **object, struct bpf_program **program)
{
	struct bpf_map *map;
	const void *initial;
	size_t size;
	int error = object_open(name, object);

	if (!error)
		error = object_program(*object, name, program);
	if (error || !view->constants)
		return error;
	map = object_constants(*object, &size, &initial);
	return map ? bpf_map__set_initial_value(map, view->constants, view->constants_size)
		   : -EINVAL;
}

/* libbpf's own way takes three times as long, but has the words for what is wrong. */
static int object_load_slowly(const char *name, const struct view_object *view)
{
	struct bpf_object *object = NULL;
	struct bpf_program *program;
	int link = object_open_set(name, view, &object, &program);

	if (!link)
		link = bpf_object__load(object);
	if (!link)
		link = object_link(bpf_program__fd(program), object_target(program));
	if (link < 0)
		explain(link, "", "object %s didn't load: %s", name, warning);
	bpf_object__close(object);
	return link;
}

int view_object_load(const char *name, const struct view_object *view)
{
	struct bpf_object *object = NULL;
	struct bpf_program *program;
	int link = object_open_set(name, view, &object, &program);

	if (!link)
		link = object_loader_run(object, object_target(program));
	bpf_object__close(object);
	return link < 0 ? object_load_slowly(name, view) : link;
}
