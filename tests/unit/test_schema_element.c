// SPDX-License-Identifier: GPL-2.0-only
/* Elements of maps: keys and values of each type that BTF has. */
#include <errno.h>

#include "tables.h"

static void check_element(const struct schema_element *element, const void *records, size_t size,
			  const struct format *format, const char *expected)
{
	struct schema *schema;

	ck_assert_int_eq(schema_from_element(element, &schema), 0);
	check_print(schema, format, records, size, expected);
	schema_free(schema);
}

START_TEST(without_btf)
{
	const unsigned char records[2][10] = {{1, 2, 3, [8] = 0xff, 0x0a}, {0}};
	struct schema_element element = {.key_size = 3, .value_size = 2};

	check_element(&element, records, 20, &format_text,
		      "KEY    VALUE\n010203 ff0a\n000000 0000\n");
	check_element(&element, records, 10, &format_json,
		      "{\"key\":\"010203\",\"value\":\"ff0a\"}\n");
	check_element(&element, records, 10, &format_csv, "key,value\n010203,ff0a\n");
}
END_TEST

/* A queue's elements have no key. */
START_TEST(without_key)
{
	struct schema_element element = {.value_size = 1};

	check_element(&element, "\5", 1, &format_json, "{\"key\":null,\"value\":\"05\"}\n");
	check_element(&element, "\5", 1, &format_text, "KEY VALUE\n-   05\n");
}
END_TEST

START_TEST(numbers)
{
	struct types types = types_new();
	const struct {
		uint32_t key, padding;
		uint64_t value;
	} records[] = {{1, 0, 10}, {1000, 0, UINT64_MAX}};
	struct schema_element element = {
		types.btf, (__u32)types.u32, (__u32)types.u64, 4, 8, 0,
	};

	check_element(&element, records, sizeof(records), &format_text,
		      " KEY VALUE\n   1 10\n1000 18446744073709551615\n");
	check_element(&element, records, sizeof(records), &format_csv,
		      "key,value\n1,10\n1000,18446744073709551615\n");
	/* BTF of another size than the kernel says */
	element.key_size = 3;
	element.value_size = 2;
	check_element(&element, records, 10, &format_json,
		      "{\"key\":\"010000\",\"value\":\"0a00\"}\n");
	btf__free(types.btf);
}
END_TEST

START_TEST(per_cpu)
{
	struct types types = types_new();
	const struct {
		uint64_t key;
		struct {
			uint32_t value, padding;
		} cpus[3];
	} record = {5, {{1, 99}, {2, 99}, {3, 99}}};
	struct schema_element element = {
		types.btf, (__u32)types.u64, (__u32)types.u32, 8, 4, 3,
	};

	check_element(&element, &record, sizeof(record), &format_json,
		      "{\"key\":5,\"values\":[{\"cpu\":0,\"value\":1},{\"cpu\":1,\"value\":2},"
		      "{\"cpu\":2,\"value\":3}]}\n");
	check_element(&element, &record, sizeof(record), &format_text,
		      "KEY VALUES\n  5 [{\"cpu\":0,\"value\":1},{\"cpu\":1,\"value\":2},"
		      "{\"cpu\":2,\"value\":3}]\n");
	element.btf = NULL;
	check_element(
		&element, &record, sizeof(record), &format_json,
		"{\"key\":\"0500000000000000\",\"values\":[{\"cpu\":0,\"value\":\"01000000\"},"
		"{\"cpu\":1,\"value\":\"02000000\"},{\"cpu\":2,\"value\":\"03000000\"}]}\n");
	btf__free(types.btf);
}
END_TEST

/* In text and CSV a nested value is JSON in one cell. */
START_TEST(nested_cells)
{
	struct types types = types_new();
	int name = add_array(&types, types.character, 8);
	int key = btf__add_struct(types.btf, "key", 9);
	char record[32] = "\1a b\"c";
	struct schema_element element = {types.btf, (__u32)key, (__u32)types.u8, 9, 1, 0};

	add_member(&types, "id", types.u8, 0);
	add_member(&types, "name", name, 1);
	check_element(&element, record, 17, &format_text,
		      "KEY                           VALUE\n"
		      "{\"id\":1,\"name\":\"a\\u0020b\\\"c\"} 0\n");
	check_element(&element, record, 17, &format_json,
		      "{\"key\":{\"id\":1,\"name\":\"a b\\\"c\"},\"value\":0}\n");
	check_element(&element, record, 17, &format_csv,
		      "key,value\n\"{\"\"id\"\":1,\"\"name\"\":\"\"a\\u0020b\\\"\"c\"\"}\",0\n");
	btf__free(types.btf);
}
END_TEST

START_TEST(scalars)
{
	struct types types = types_new();
	int pointer = btf__add_ptr(types.btf, types.u32);
	int constant = btf__add_const(types.btf, btf__add_volatile(types.btf, types.s16));
	int name = btf__add_typedef(types.btf, "amount", constant);
	int long_double = btf__add_float(types.btf, "long double", 16);

	check_value(&types, types.u8, "\xff", 1, "255");
	check_value(&types, types.s8, "\xff", 1, "-1");
	check_value(&types, name, "\xfe\xff", 2, "-2");
	check_value(&types, types.boolean, "\1", 1, "true");
	check_value(&types, types.character, "a", 1, "97");
	check_value(&types, types.u128, "\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0", 16,
		    "\"18446744073709551616\"");
	check_value(&types, pointer, "\x10\0\0\0\0\xff\xff\xff", 8, "\"0xffffff0000000010\"");
	check_value(&types, types.f32, &(float){1.5F}, 4, "1.5");
	check_value(&types, types.f64, &(double){-2.25}, 8, "-2.25");
	check_value(&types, long_double, "0123456789abcdef", 16,
		    "\"30313233343536373839616263646566\"");
	btf__free(types.btf);
}
END_TEST

START_TEST(enums)
{
	struct types types = types_new();
	int colour, wide, one, digits;

	colour = btf__add_enum(types.btf, "colour", 4);
	btf__add_enum_value(types.btf, "COLOUR_RED", 2);
	btf__add_enum_value(types.btf, "COLOUR_NONE", -1);
	btf__add_enum_value(types.btf, "COLOUR_OTHER_RED", 2);
	wide = btf__add_enum64(types.btf, "wide", 8, false);
	btf__add_enum64_value(types.btf, "WIDE_TOP", 1ULL << 63);
	btf__add_enum64_value(types.btf, "WIDE_LOW", 1);
	one = btf__add_enum(types.btf, "one", 1);
	btf__add_enum_value(types.btf, "ONE_ONLY", 1);
	digits = btf__add_enum(types.btf, "digits", 2);
	btf__add_enum_value(types.btf, "NET_IP_4", 4);
	btf__add_enum_value(types.btf, "NET_IP_6", 6);
	check_value(&types, colour, "\2\0\0", 4, "\"RED\"");
	check_value(&types, colour, "\xff\xff\xff\xff", 4, "\"NONE\"");
	check_value(&types, colour, "\xfe\xff\xff\xff", 4, "-2");
	check_value(&types, wide, "\0\0\0\0\0\0\0\x80", 8, "\"TOP\"");
	check_value(&types, wide, "\0\0\0\0\0\0\0\xc0", 8, "\"13835058055282163712\"");
	check_value(&types, one, "\1", 1, "\"ONE_ONLY\"");
	check_value(&types, digits, "\4", 2, "\"IP_4\"");
	btf__free(types.btf);
}
END_TEST

/* Sections of global variables are the values of .data and the like. */
START_TEST(variables)
{
	struct types types = types_new();
	int count = btf__add_var(types.btf, "count", BTF_VAR_GLOBAL_ALLOCATED, types.u32);
	int name = add_array(&types, types.character, 4);
	int title = btf__add_var(types.btf, "main.title", BTF_VAR_STATIC, name), section;

	section = btf__add_datasec(types.btf, ".data", 12);
	btf__add_datasec_var_info(types.btf, (int)count, 0, 4);
	btf__add_datasec_var_info(types.btf, (int)title, 8, 4);
	check_value(&types, section, "\3\0\0\0\0\0\0\0abc", 12,
		    "{\"count\":3,\"main.title\":\"abc\"}");
	btf__free(types.btf);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {without_btf, without_key, numbers,   per_cpu, nested_cells,
				      scalars,	   enums,	variables, NULL};

	return run_tests("schema_element", tests);
}
