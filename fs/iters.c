// SPDX-License-Identifier: GPL-2.0-only
#include "iters.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "iters_inside.h"
#include "schema.h"

#define ROW_MARK   "bpfview_row_" /* view.bpf.h: the variable that names a program's row */
#define PASS_START "bpfview_pass_start" /* passes.bpf.h */

/* The kernel's copy of the object's BTF, which it has checked; NULL when there is none. */
static struct btf *btf_of(int program)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(program, &info, &size) || !info.btf_id)
		return NULL;
	return btf__load_from_kernel_by_id(info.btf_id);
}

/* The struct of a program's rows, or 0 for text. */
static __u32 row_of(const struct btf *btf, const char *program)
{
	const struct btf_type *type;
	char name[96];
	int variable;

	snprintf(name, sizeof(name), ROW_MARK "%s", program);
	variable = btf__find_by_name_kind(btf, name, BTF_KIND_VAR);
	if (variable <= 0)
		return 0;
	type = btf__type_by_id(btf, btf__type_by_id(btf, (__u32)variable)->type);
	return btf_is_const(type) ? type->type : btf__type_by_id(btf, (__u32)variable)->type;
}

static int program_read(struct iters *iters, struct program *program)
{
	__u32 row = iters->btf ? row_of(iters->btf, program->shown.name) : 0;
	int error;

	if (!row)
		return 0;
	error = schema_from_btf(iters->btf, row, &program->schema);
	if (error)
		return error;
	program->shown.schema = program->schema;
	program->in_passes = btf__find_by_name_kind(iters->btf, PASS_START, BTF_KIND_VAR) > 0;
	return 0;
}

static int iters_read(struct iters *iters)
{
	int error;

	iters->btf = btf_of(iters->programs[0].descriptor);
	error = iters->btf ? iters_variables_find(iters) : 0;
	for (size_t i = 0; !error && i < iters->program_count; i++)
		error = program_read(iters, &iters->programs[i]);
	return error;
}

static void descriptors_close(const int *descriptors, size_t count)
{
	for (size_t i = 0; i < count; i++)
		close(descriptors[i]);
}

int iters_create(const struct load_report *report, const int *programs, const int *maps,
		 struct iters **out)
{
	struct iters *iters = calloc(1, sizeof(*iters));
	int error;

	if (!iters) {
		descriptors_close(programs, report->iterator_count);
		descriptors_close(maps, report->maps);
		return -ENOMEM;
	}
	iters->references = 1;
	iters->program_count = report->iterator_count;
	iters->map_count = report->maps;
	memcpy(iters->maps, maps, report->maps * sizeof(*maps));
	for (size_t i = 0; i < iters->program_count; i++) {
		struct program *program = &iters->programs[i];

		program->descriptor = programs[i];
		memcpy(program->shown.name, report->iterators[i].name, sizeof(program->shown.name));
		memcpy(program->shown.target, report->iterators[i].target,
		       sizeof(program->shown.target));
	}
	error = iters_read(iters);
	if (error)
		iters_put(iters);
	else
		*out = iters;
	return error;
}

struct iters *iters_get(struct iters *iters)
{
	iters->references++;
	return iters;
}

void iters_put(struct iters *iters)
{
	if (!iters || --iters->references)
		return;
	for (size_t i = 0; i < iters->program_count; i++) {
		close(iters->programs[i].descriptor);
		schema_free(iters->programs[i].schema);
	}
	descriptors_close(iters->maps, iters->map_count);
	free(iters->variables);
	btf__free(iters->btf);
	free(iters);
}

const struct iter_program *iters_at(const struct iters *iters, size_t index)
{
	return index < iters->program_count ? &iters->programs[index].shown : NULL;
}

const struct iter_program *iters_find(const struct iters *iters, const char *name)
{
	for (size_t i = 0; i < iters->program_count; i++)
		if (!strcmp(iters->programs[i].shown.name, name))
			return &iters->programs[i].shown;
	return NULL;
}
