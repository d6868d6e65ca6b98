// SPDX-License-Identifier: GPL-2.0-only
/* BTF that nobody's compiler wrote: what can't be shown is shown as bytes, in bounded work. */
#include <time.h>

#include "tables.h"

/* How long a value's line is in JSON; whatever it is, it must come soon. */
static size_t value_length(const struct types *types, int type, size_t size)
{
	struct schema_element element = {
		.btf = types->btf, .value_type = (__u32)type, .value_size = (__u32)size};
	char *value = calloc(1, size ? size : 1), *line;
	struct schema *schema;
	size_t length;

	ck_assert_int_eq(schema_from_element(&element, &schema), 0);
	line = print_records(schema, &format_json, value, size);
	length = strlen(line);
	ck_assert_uint_eq(line[length - 1], '\n');
	free(line);
	free(value);
	schema_free(schema);
	return length;
}

START_TEST(loops)
{
	struct types types = types_new();
	int loop = btf__add_typedef(types.btf, "loop", types.u32), self, value;
	struct btf_type *type = (struct btf_type *)btf__type_by_id(types.btf, (__u32)loop);

	type->type = (__u32)loop;
	check_value(&types, loop, "\1\2\3\4", 4, "\"01020304\"");
	/* a struct that holds itself, at full size */
	self = btf__add_struct(types.btf, "self", 4);
	add_member(&types, "self", self, 0);
	ck_assert_uint_lt(value_length(&types, self, 4), 1000);
	self = btf__add_struct(types.btf, "self", 4);
	add_member(&types, "", self, 0);
	check_value(&types, self, "\1\2\3\4", 4, "\"01020304\"");
	/* and as the type of its bitfield */
	self = btf__add_struct(types.btf, "self", 4);
	ck_assert_int_eq(btf__add_field(types.btf, "bits", self, 0, 3), 0);
	check_value(&types, self, "\1\2\3\4", 4, "\"01020304\"");
	/* an array of itself has no size at all */
	value = add_array(&types, types.u32, 1);
	btf_array(btf__type_by_id(types.btf, (__u32)value))->type = (__u32)value;
	check_value(&types, value, "\1\2\3\4", 4, "\"01020304\"");
	btf__free(types.btf);
}
END_TEST

START_TEST(depth)
{
	struct types types = types_new();
	int type = types.u32, array;

	for (int i = 0; i < 1000; i++) {
		int outer = btf__add_struct(types.btf, "outer", 4);

		add_member(&types, "a", type, 0);
		type = outer;
	}
	ck_assert_uint_lt(value_length(&types, type, 4), 1000);
	array = add_array(&types, types.u32, 1);
	for (int i = 0; i < 1000; i++)
		array = add_array(&types, array, 1);
	check_value(&types, array, "\1\2\3\4", 4, "\"01020304\"");
	btf__free(types.btf);
}
END_TEST

START_TEST(huge_arrays)
{
	struct types types = types_new();
	int array = types.u32, empty, list;

	for (int i = 0; i < 4; i++)
		array = add_array(&types, array, 0xffffffff);
	check_value(&types, array, "\1\2\3\4", 4, "\"01020304\"");
	/* 65536 times 65536 bytes would be none in 32 bits */
	list = add_array(&types, add_array(&types, types.u8, 65536), 65536);
	check_value(&types, list, "", 0, "null");
	empty = btf__add_struct(types.btf, "empty", 0);
	list = add_array(&types, empty, 0xffffffff);
	check_value(&types, list, "", 0, "[]");
	btf__free(types.btf);
}
END_TEST

/* Each struct has the one before it many times over: 30 to the power of 20 members. */
START_TEST(many_times_over)
{
	struct types types = types_new();
	int type = types.u8, bytes = add_array(&types, types.u8, 20000), wide;

	for (int i = 0; i < 20; i++) {
		int outer = btf__add_union(types.btf, "outer", 1);

		for (int j = 0; j < 30; j++)
			add_member(&types, "a", type, 0);
		type = outer;
	}
	check_value(&types, type, "\1", 1, "\"01\"");
	/* each of 1000 members would show the same 20000 bytes */
	wide = btf__add_union(types.btf, "wide", 20000);
	for (int i = 0; i < 1000; i++)
		add_member(&types, "a", bytes, 0);
	ck_assert_uint_lt(value_length(&types, wide, 20000), 50000);
	btf__free(types.btf);
}
END_TEST

START_TEST(outside)
{
	struct types types = types_new();
	int value, variable, odd;

	value = btf__add_struct(types.btf, "value", 4);
	add_member(&types, "far", types.u32, 2);
	check_value(&types, value, "\1\2\3\4", 4, "\"01020304\"");
	value = btf__add_struct(types.btf, "value", 4);
	ck_assert_int_eq(btf__add_field(types.btf, "far", types.u32, 20, 31), 0);
	check_value(&types, value, "\1\2\3\4", 4, "\"01020304\"");
	value = btf__add_struct(types.btf, "value", 4);
	add_member(&types, "odd", types.u8, 0);
	btf_members(btf__type_by_id(types.btf, (__u32)value))->offset = 3;
	check_value(&types, value, "\1\2\3\4", 4, "{\"odd\":64}");
	variable = btf__add_var(types.btf, "far", BTF_VAR_STATIC, types.u32);
	value = btf__add_datasec(types.btf, ".bss", 4);
	btf__add_datasec_var_info(types.btf, variable, 1, 4);
	check_value(&types, value, "\1\2\3\4", 4, "\"01020304\"");
	odd = add_array(&types, types.character, 0xffffffff);
	value = btf__add_struct(types.btf, "value", 4);
	add_member(&types, "text", odd, 0);
	check_value(&types, value, "\1\2\3\4", 4, "\"01020304\"");
	btf__free(types.btf);
}
END_TEST

/* Names are made of what JSON and a header need not escape. */
START_TEST(names)
{
	struct types types = types_new();
	int value = btf__add_struct(types.btf, "value", 1), state;

	add_member(&types, "a\" b\n\xff.c", types.u8, 0);
	check_value(&types, value, "\1", 1, "{\"a__b__.c\":1}");
	state = btf__add_enum(types.btf, "state", 1);
	btf__add_enum_value(types.btf, "x\"y z", 1);
	check_value(&types, state, "\1", 1, "\"x_y_z\"");
	btf__free(types.btf);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {loops,   depth, huge_arrays, many_times_over,
				      outside, names, NULL};

	return run_tests("shape_hostile", tests);
}
