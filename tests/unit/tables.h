/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests of schemas and formats share: BTF built by hand, and records printed to a string. */
#ifndef BPFVIEW_TESTS_TABLES_H
#define BPFVIEW_TESTS_TABLES_H

#include <bpf/btf.h>
#include <check.h>
#include <stdlib.h>

#include "buffer.h"
#include "explain.h"
#include "format.h"
#include "schema.h"

/* BTF with the usual types. */
struct types {
	struct btf *btf;
	int u8, u16, u32, u64, u128, s8, s16, s32, s64, s128, boolean, character, f32, f64;
};

static inline struct types types_new(void)
{
	struct btf *btf = btf__new_empty();

	ck_assert_ptr_nonnull(btf);
	return (struct types){
		.btf = btf,
		.u8 = btf__add_int(btf, "unsigned char", 1, 0),
		.u16 = btf__add_int(btf, "unsigned short", 2, 0),
		.u32 = btf__add_int(btf, "unsigned int", 4, 0),
		.u64 = btf__add_int(btf, "unsigned long long", 8, 0),
		.u128 = btf__add_int(btf, "unsigned __int128", 16, 0),
		.s8 = btf__add_int(btf, "signed char", 1, BTF_INT_SIGNED),
		.s16 = btf__add_int(btf, "short", 2, BTF_INT_SIGNED),
		.s32 = btf__add_int(btf, "int", 4, BTF_INT_SIGNED),
		.s64 = btf__add_int(btf, "long long", 8, BTF_INT_SIGNED),
		.s128 = btf__add_int(btf, "__int128", 16, BTF_INT_SIGNED),
		.boolean = btf__add_int(btf, "_Bool", 1, BTF_INT_BOOL),
		.character = btf__add_int(btf, "char", 1, BTF_INT_SIGNED),
		.f32 = btf__add_float(btf, "float", 4),
		.f64 = btf__add_float(btf, "double", 8),
	};
}

static inline int add_array(const struct types *types, int element, unsigned int count)
{
	return btf__add_array(types->btf, types->u32, element, count);
}

/* Adds a member at a byte; the last struct added is the one that gets it. */
static inline void add_member(const struct types *types, const char *name, int type,
			      unsigned int byte)
{
	ck_assert_int_eq(btf__add_field(types->btf, name, type, byte * 8, 0), 0);
}

static inline void add_tag(const struct types *types, const char *words, int type, int member)
{
	ck_assert_int_gt(btf__add_decl_tag(types->btf, words, type, member), 0);
}

/* Records as a format prints them, NUL-terminated; to be freed. */
static inline char *print_records(const struct schema *schema, const struct format *format,
				  const void *records, size_t size)
{
	struct printer printer;
	struct buffer out = {0};

	ck_assert_int_eq(printer_init(&printer, schema, format), 0);
	ck_assert_int_eq(printer_print(&printer, records, size, &out), 0);
	printer_free(&printer);
	buffer_put_char(&out, '\0');
	ck_assert(!out.failed);
	return out.data;
}

static inline void check_print(const struct schema *schema, const struct format *format,
			       const void *records, size_t size, const char *expected)
{
	char *printed = print_records(schema, format, records, size);

	ck_assert_str_eq(printed, expected);
	free(printed);
}

/* A map with a __u32 key of 7 and this value: what JSON shows as its value. */
static inline void check_value(const struct types *types, int type, const void *value, size_t size,
			       const char *expected)
{
	struct schema_element element = {
		.btf = types->btf,
		.key_type = (__u32)types->u32,
		.value_type = (__u32)type,
		.key_size = 4,
		.value_size = (__u32)size,
	};
	struct schema *schema;
	/* As large as the record, so that a byte read past it is found. */
	char *record = calloc(1, 8 + size);
	struct buffer line = {0};

	memcpy(record, &(__u32){7}, 4);
	memcpy(record + 8, value, size);
	ck_assert_int_eq(schema_from_element(&element, &schema), 0);
	buffer_printf(&line, "{\"key\":7,\"value\":%s}\n", expected);
	buffer_put_char(&line, '\0');
	check_print(schema, &format_json, record, 8 + size, line.data);
	buffer_free(&line);
	free(record);
	schema_free(schema);
}

/* For a table of one column of the daemon's own: the cell in text, JSON and CSV. */
static inline void check_cell(const struct column *column, const void *record, size_t size,
			      const char *text, const char *json, const char *csv)
{
	struct column copy = *column;
	struct schema schema = {
		.columns = &copy,
		.count = 1,
		.row_size = column->kind->after_row ? 0 : size,
		.texts = column->kind->after_row,
	};
	const struct format *const formats[] = {&format_text, &format_json, &format_csv};
	const char *const parts[][3] = {
		{"X\n", text, "\n"}, {"{\"x\":", json, "}\n"}, {"x\n", csv, "\n"}};
	struct buffer expected = {0};

	copy.name = "x";
	for (int i = 0; i < 3; i++) {
		expected.size = 0;
		for (int j = 0; j < 3; j++)
			buffer_put_string(&expected, parts[i][j]);
		buffer_put_char(&expected, '\0');
		check_print(&schema, formats[i], record, size, expected.data);
	}
	buffer_free(&expected);
}

/* Runs the tests of a list that ends with NULL, each in a process of its own. */
static inline int run_tests(const char *name, const TTest *const *tests)
{
	Suite *suite = suite_create(name);
	TCase *group = tcase_create(name);
	SRunner *runner;
	int failed;

	for (; *tests; tests++)
		tcase_add_test(group, *tests);
	suite_add_tcase(suite, group);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
