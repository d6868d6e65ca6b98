// SPDX-License-Identifier: GPL-2.0-only
#include "shape_make.h"

#include <bpf/btf.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "kind.h"

#define LONGEST_NAME 255

const struct btf_type *shape_type(const struct btf *btf, __u32 *type_id)
{
	for (unsigned int i = 0; i < SHAPE_DEPTH; i++) {
		const struct btf_type *type = btf__type_by_id(btf, *type_id);

		if (!type || (!btf_is_mod(type) && !btf_is_typedef(type)))
			return type;
		*type_id = type->type;
	}
	return NULL;
}

char *shape_name_copy(const struct btf *btf, __u32 offset)
{
	const char *name = btf__name_by_offset(btf, offset);
	char *copy = strndup(name ? name : "", LONGEST_NAME);

	for (char *c = copy; c && *c; c++) {
		if (!isalnum((unsigned char)*c) && *c != '.')
			*c = '_';
	}
	return copy;
}

int shape_name_column(const struct btf *btf, __u32 offset, struct column *column)
{
	char *name = shape_name_copy(btf, offset), *all;
	const char *about = column->about ? column->about : "";
	int size = name ? asprintf(&all, "%s%c\"%s\":%c%s", name, '\0', name, '\0', about) : -1;
	size_t length = name ? strlen(name) : 0;

	free(name);
	if (size < 0)
		return -ENOMEM;
	column->owned_name = all;
	column->name = all;
	column->label = all + length + 1;
	column->label_size = length + 3;
	if (column->about)
		column->about = column->label + column->label_size + 1;
	return 0;
}

static int make_plain(struct column *column, const struct kind *kind, size_t size)
{
	column->kind = kind;
	column->size = size;
	return 0;
}

static int make_int(const struct btf_type *type, struct column *column)
{
	int encoding = btf_int_encoding(type);
	__u32 size = type->size;

	if (size != 1 && size != 2 && size != 4 && size != 8 && size != 16)
		return make_plain(column, &kind_bytes, size);
	if (encoding & BTF_INT_BOOL)
		return make_plain(column, size == 16 ? &kind_bytes : &kind_bool, size);
	return make_plain(column, encoding & BTF_INT_SIGNED ? &kind_signed : &kind_unsigned, size);
}

static bool is_char(const struct btf *btf, __u32 type_id)
{
	const struct btf_type *type = shape_type(btf, &type_id);
	const char *name = type ? btf__name_by_offset(btf, type->name_off) : NULL;

	return name && btf_is_int(type) && type->size == 1 &&
	       (btf_int_encoding(type) & BTF_INT_CHAR || strcmp(name, "char") == 0);
}

static int make_array(struct shape_maker *maker, const struct btf_type *type, unsigned int depth,
		      struct column *column)
{
	const struct btf_array *array = btf_array(type);
	struct column element = {0};
	struct shape *shape;
	__u32 size;
	int error;

	if (is_char(maker->btf, array->type))
		return make_plain(column, &kind_chars, array->nelems);
	error = shape_make(maker, array->type, depth + 1, &element);
	if (error)
		return error;
	if (__builtin_mul_overflow(element.size, array->nelems, &size))
		return -EINVAL;
	shape = shape_new(maker);
	if (!shape || !shape_only_member(shape))
		return -ENOMEM;
	*shape->members = element;
	/* Elements of no size could be any number of them. */
	shape->count = element.size ? array->nelems : 0;
	shape->size = size;
	shape->stride = element.size;
	column->shape = shape;
	return make_plain(column, &kind_array, size);
}

/* The kernel shows these as zeroes, whatever is in them. */
static bool is_kernels_own(const struct btf *btf, const struct btf_type *type)
{
	static const char *const names[] = {
		"bpf_spin_lock", "bpf_res_spin_lock", "bpf_timer",   "bpf_wq",
		"bpf_list_head", "bpf_list_node",     "bpf_rb_root", "bpf_rb_node",
		"bpf_refcount",	 "bpf_task_work",
	};
	const char *name = btf__name_by_offset(btf, type->name_off);

	for (size_t i = 0; name && i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

static int make_struct(struct shape_maker *maker, __u32 type_id, unsigned int depth,
		       struct column *column)
{
	const struct btf_type *type = btf__type_by_id(maker->btf, type_id);
	struct shape *shape;
	int error;

	if (is_kernels_own(maker->btf, type))
		return make_plain(column, &kind_null, type->size);
	shape = shape_new(maker);
	if (!shape)
		return -ENOMEM;
	shape->size = type->size;
	error = shape_make_members(maker, shape, type_id, 0, depth);
	if (error == -ENOMEM)
		return error;
	if (error)
		return make_plain(column, &kind_bytes, type->size);
	column->shape = shape;
	return make_plain(column, &kind_struct, type->size);
}

int shape_make(struct shape_maker *maker, __u32 type_id, unsigned int depth, struct column *column)
{
	const struct btf_type *type = shape_type(maker->btf, &type_id);

	if (!type || depth > SHAPE_DEPTH || maker->made >= SHAPE_MADE)
		return -EINVAL;
	switch (btf_kind(type)) {
	case BTF_KIND_INT:
		return make_int(type, column);
	case BTF_KIND_FLOAT:
		return make_plain(column,
				  type->size == 4 || type->size == 8 ? &kind_float : &kind_bytes,
				  type->size);
	case BTF_KIND_PTR:
		return make_plain(column, &kind_hex, sizeof(__u64));
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return shape_make_enum(maker, type, column);
	case BTF_KIND_ARRAY:
		return make_array(maker, type, depth, column);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return make_struct(maker, type_id, depth, column);
	case BTF_KIND_DATASEC:
		return depth ? -EINVAL : shape_make_section(maker, type, column);
	default:
		return -EINVAL;
	}
}
