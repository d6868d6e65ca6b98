// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/btf.h>
#include <errno.h>

#include "kind.h"
#include "shape_make.h"

static int add_variable(struct shape_maker *maker, struct shape *shape,
			const struct btf_var_secinfo *place)
{
	const struct btf_type *variable = btf__type_by_id(maker->btf, place->type);
	struct column made = {.offset = place->offset}, *column;
	int error;

	if (!variable || !btf_is_var(variable) || ++maker->made > SHAPE_MADE)
		return -EINVAL;
	error = shape_make(maker, variable->type, 1, &made);
	if (error)
		return error;
	if (made.offset > shape->size || made.size > shape->size - made.offset)
		return -EINVAL;
	column = shape_member_new(shape);
	if (!column)
		return -ENOMEM;
	*column = made;
	return shape_name_column(maker->btf, variable->name_off, column);
}

/* A map of global variables has one element, whose members are the variables. */
int shape_make_section(struct shape_maker *maker, const struct btf_type *type,
		       struct column *column)
{
	const struct btf_var_secinfo *places = btf_var_secinfos(type);
	struct shape *shape = shape_new(maker);

	if (!shape)
		return -ENOMEM;
	shape->size = type->size;
	for (__u32 i = 0; i < btf_vlen(type); i++) {
		int error = add_variable(maker, shape, &places[i]);

		if (error)
			return error;
	}
	column->kind = &kind_struct;
	column->shape = shape;
	column->size = type->size;
	return 0;
}
