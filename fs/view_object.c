// SPDX-License-Identifier: GPL-2.0-only
#include "view_object.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "object.h"
#include "schema.h"

#define KERNEL_HAS "kernel_has_"

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
	const char *target = strchr(bpf_program__section_name(program), '/');
	char function[64];

	snprintf(function, sizeof(function), "bpf_iter_%s", target ? target + 1 : "");
	if (!kernel)
		return explain(-ENOENT, "CONFIG_DEBUG_INFO_BTF", "the kernel has no BTF");
	if (btf__find_by_name_kind(kernel, function, BTF_KIND_FUNC) < 0)
		return explain(-ENOENT, "a newer kernel may have it",
			       "the kernel has no iterator %s", function + strlen("bpf_iter_"));
	return 0;
}

int view_object_read(const char *name, const struct btf *kernel, struct schema **out)
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
	error = schema_from_btf(bpf_object__btf(object), (__u32)type, out);
	if (!error)
		error = target_check(program, kernel);
out:
	bpf_object__close(object);
	return error;
}

/* Sets the `const volatile` variables that view.bpf.h promises. */
static void constants_fill(const struct btf *btf, __u32 section, const struct btf *kernel,
			   char *values)
{
	const struct btf_type *type = btf__type_by_id(btf, section);
	const struct btf_var_secinfo *variable = btf_var_secinfos(type);
	const __u64 page_size = (__u64)sysconf(_SC_PAGESIZE);

	for (int i = 0; i < btf_vlen(type); i++, variable++) {
		const char *name =
			btf__name_by_offset(btf, btf__type_by_id(btf, variable->type)->name_off);

		if (!strncmp(name, KERNEL_HAS, strlen(KERNEL_HAS)))
			values[variable->offset] =
				btf__find_by_name_kind(kernel, name + strlen(KERNEL_HAS),
						       BTF_KIND_FUNC) > 0;
		else if (!strcmp(name, "page_size") && variable->size == sizeof(page_size))
			memcpy(values + variable->offset, &page_size, sizeof(page_size));
	}
}

static int constants_set(struct bpf_object *object)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, ".rodata");
	const struct btf *btf = bpf_object__btf(object);
	int section = btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC);
	size_t size = 0;
	const void *initial = map ? bpf_map__initial_value(map, &size) : NULL;
	struct btf *kernel;
	char *values;
	int error = -ENOMEM;

	if (!initial || section < 0)
		return 0;
	kernel = btf__load_vmlinux_btf();
	values = malloc(size);
	if (kernel && values) {
		memcpy(values, initial, size);
		constants_fill(btf, (__u32)section, kernel, values);
		error = bpf_map__set_initial_value(map, values, size);
	}
	free(values);
	btf__free(kernel);
	return error;
}

int view_object_load(const char *name)
{
	struct bpf_object *object = NULL;
	struct bpf_program *program;
	struct bpf_link *link = NULL;
	int error, descriptor = -1;

	error = object_open(name, &object);
	if (!error)
		error = object_program(object, name, &program);
	if (!error)
		error = constants_set(object);
	if (!error)
		error = bpf_object__load(object);
	if (!error) {
		link = bpf_program__attach_iter(program, NULL);
		error = link ? 0 : -errno;
	}
	if (error)
		explain(error, "", "object %s didn't load: %s", name, warning);
	if (!error) {
		descriptor = fcntl(bpf_link__fd(link), F_DUPFD_CLOEXEC, 0);
		error = descriptor < 0 ? -errno : 0;
	}
	bpf_link__destroy(link);
	bpf_object__close(object);
	return error ? error : descriptor;
}
