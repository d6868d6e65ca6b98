// SPDX-License-Identifier: GPL-2.0-only
/* Rows whose schema is read from BTF. */
#include <errno.h>

#include "tables.h"

#define TEN "0123456789"

struct __attribute__((packed)) plain_row {
	uint32_t pid;
	int32_t nice;
	uint64_t ns;
	uint16_t port;
	uint8_t on, code;
	uint32_t state, address;
	char comm[16];
};

static int add_state(const struct types *types)
{
	int state = btf__add_enum(types->btf, "tcp_state", 4);

	btf__add_enum_value(types->btf, "TCP_ESTABLISHED", 1);
	btf__add_enum_value(types->btf, "TCP_LISTEN", 10);
	btf__add_enum_value(types->btf, "TCP_MAX_STATES", 13);
	return state;
}

static int add_plain(const struct types *types)
{
	int state = add_state(types), comm = add_array(types, types->character, 16);
	int word = btf__add_typedef(types->btf, "__u32", types->u32);
	int constant = btf__add_const(types->btf, word);
	int row = btf__add_struct(types->btf, "plain_row", sizeof(struct plain_row));

	add_member(types, "pid", constant, 0);
	add_member(types, "nice", types->s32, 4);
	add_member(types, "ns", types->u64, 8);
	add_member(types, "Port", types->u16, 16);
	add_member(types, "on", types->boolean, 18);
	add_member(types, "code", types->u8, 19);
	add_member(types, "state", state, 20);
	add_member(types, "address", types->u32, 24);
	add_member(types, "comm", comm, 28);
	add_tag(types, "bpfview:none=-1", row, 0);
	add_tag(types, "bpfview:port", row, 3);
	add_tag(types, "bpfview:hex", row, 5);
	add_tag(types, "bpfview:ipv4", row, 7);
	add_tag(types, "bpfview:about=who it is", row, 0);
	add_tag(types, "bpfview:about=\"p,\" = \\x20", row, 3);
	add_tag(types, "of someone else", row, 8);
	/* as wide as the comm, so that rows have no padding at their end */
	((struct btf_type *)btf__type_by_id(types->btf, (__u32)row))->size = 44;
	return row;
}

START_TEST(plain)
{
	const struct plain_row rows[] = {
		{1, -20, 1ULL << 60, 0x5000, 1, 0xab, 10, 0x0100007f, "a"},
		{UINT32_MAX, 19, 5, 0xbb01, 0, 1, 99, 0, ""},
	};
	struct types types = types_new();
	struct schema *schema;

	ck_assert_int_eq(schema_from_btf(types.btf, (__u32)add_plain(&types), &schema), 0);
	btf__free(types.btf);
	ck_assert_uint_eq(schema->row_size, sizeof(rows[0]));
	ck_assert_uint_eq(schema->count, 9);
	ck_assert_ptr_eq(schema_column(schema, "port"), &schema->columns[3]);
	ck_assert_ptr_null(schema_column(schema, "none"));
	ck_assert_str_eq(schema->columns[0].about, "who it is");
	ck_assert_str_eq(schema->columns[3].about, "\"p,\" = \\x20");
	ck_assert_ptr_null(schema->columns[8].about);
	check_print(schema, &format_text, rows, sizeof(rows),
		    "PID NICE                  NS PORT ON    CODE STATE  ADDRESS   COMM\n"
		    "  1  -20 1152921504606846976   80 true  0xab LISTEN 127.0.0.1 a\n"
		    "  -   19                   5  443 false 0x01 99     0.0.0.0   -\n");
	check_print(
		schema, &format_json, rows, sizeof(rows),
		"{\"pid\":1,\"nice\":-20,\"ns\":\"1152921504606846976\",\"port\":80,\"on\":true,"
		"\"code\":\"0xab\",\"state\":\"LISTEN\",\"address\":\"127.0.0.1\",\"comm\":\"a\"}\n"
		"{\"pid\":null,\"nice\":19,\"ns\":5,\"port\":443,\"on\":false,\"code\":\"0x01\","
		"\"state\":99,\"address\":\"0.0.0.0\",\"comm\":null}\n");
	check_print(schema, &format_csv, rows, sizeof(rows),
		    "pid,nice,ns,port,on,code,state,address,comm\n"
		    "1,-20,1152921504606846976,80,true,0xab,LISTEN,127.0.0.1,a\n"
		    ",19,5,443,false,0x01,99,0.0.0.0,\n");
	schema_free(schema);
}
END_TEST

/* One member of this type and tag: 0, or the error, whose words must hold these. */
static void check_member(struct types *types, int type, const char *tag, unsigned int size,
			 const char *words)
{
	int row = btf__add_struct(types->btf, "one_row", size);
	struct explanation explanation;
	struct schema *schema = NULL;
	int error;

	add_member(types, "culprit", type, 0);
	if (tag)
		add_tag(types, tag, row, 0);
	error = schema_from_btf(types->btf, (__u32)row, &schema);
	explain_take(&explanation);
	ck_assert_msg(error == (words ? -EINVAL : 0), "%s: %d", tag, error);
	if (words) {
		ck_assert_msg(strstr(explanation.message, words), "%s", explanation.message);
		ck_assert_msg(strstr(explanation.message, "one_row"), "%s", explanation.message);
	}
	schema_free(schema);
}

START_TEST(tags)
{
	struct types types = types_new();
	int address = add_array(&types, types.u8, 16), tag = add_array(&types, types.u8, 8);
	int text = add_array(&types, types.character, 0),
	    name = add_array(&types, types.character, 4);

	check_member(&types, address, "bpfview:ipv6", 16, NULL);
	check_member(&types, tag, "bpfview:hex", 8, NULL);
	check_member(&types, types.u64, "bpfview:time", 8, NULL);
	check_member(&types, types.u64, "bpfview:boottime", 8, NULL);
	check_member(&types, types.u64, "bpfview:none=18446744073709551615ULL", 8, NULL);
	check_member(&types, types.u32, "bpfview:none=0xffffffff", 4, NULL);
	check_member(&types, text, "bpfview:arguments", 0, NULL);
	check_member(&types, text, "bpfview:path_up", 0, NULL);
	check_member(&types, types.u32, "bpfview:nonsense", 4, "member culprit");
	check_member(&types, types.u32, "bpfview:", 4, "member culprit");
	check_member(&types, types.u32, "bpfview:port", 4, "member culprit: port is for 2 bytes");
	check_member(&types, types.u64, "bpfview:ipv4", 8, "member culprit: ipv4");
	check_member(&types, types.u32, "bpfview:ipv6", 4, "member culprit: ipv6");
	check_member(&types, types.u32, "bpfview:address", 4, "member culprit: address is for 16");
	check_member(&types, address, "bpfview:address", 16, "member culprit: address needs the");
	check_member(&types, types.u32, "bpfview:time", 4, "member culprit: time");
	check_member(&types, types.u32, "bpfview:none=", 4, "member culprit: its none=");
	check_member(&types, types.u32, "bpfview:none=-", 4, "member culprit: its none=");
	check_member(&types, types.u32, "bpfview:none=UINT_MAX", 4, "member culprit: its none=");
	check_member(&types, types.u32, "bpfview:lower", 4, "member culprit: lower");
	check_member(&types, name, "bpfview:none=0", 4, "member culprit: none= is for numbers");
	check_member(&types, name, "bpfview:arguments", 4, "member culprit: arguments");
	check_member(&types, name, "bpfview:hex", 4, "member culprit: hex");
	check_member(&types, text, "bpfview:hex", 0, "member culprit: hex");
	check_member(&types, types.u32, "bpfview:about=" TEN TEN TEN TEN TEN TEN "1234", 4, NULL);
	check_member(&types, types.u32, "bpfview:about=" TEN TEN TEN TEN TEN TEN "12345", 4,
		     "member culprit: its about=");
	check_member(&types, types.u32, "bpfview:about=", 4, "member culprit: its about=");
	check_member(&types, types.u32, "bpfview:about=a\nb", 4, "member culprit: its about=");
	btf__free(types.btf);
}
END_TEST

START_TEST(types_that_rows_cannot_have)
{
	struct types types = types_new();
	int forward = btf__add_fwd(types.btf, "unknown", BTF_FWD_STRUCT);
	int wide = btf__add_float(types.btf, "long double", 16);
	int numbers = add_array(&types, types.u32, 0);
	int outside = add_array(&types, types.u32, 3);

	check_member(&types, forward, NULL, 8, "member culprit: its type");
	check_member(&types, wide, NULL, 16, "member culprit: its type");
	check_member(&types, 999, NULL, 8, "member culprit: its type");
	check_member(&types, outside, NULL, 8, "member culprit: it lies outside");
	check_member(&types, numbers, NULL, 0, "member culprit: only text has no length");
	check_member(&types, add_array(&types, types.u8, 40000), NULL, 40000, "larger than");
	btf__free(types.btf);
}
END_TEST

static void check_refused(const struct types *types, int row, const char *words)
{
	struct explanation explanation;
	struct schema *schema = NULL;

	ck_assert_int_eq(schema_from_btf(types->btf, (__u32)row, &schema), -EINVAL);
	ck_assert_ptr_null(schema);
	explain_take(&explanation);
	ck_assert_msg(strstr(explanation.message, words), "%s", explanation.message);
}

START_TEST(holes)
{
	struct types types = types_new();
	int inner, list, row;

	row = btf__add_struct(types.btf, "hole_row", 16);
	add_member(&types, "pid", types.u32, 0);
	add_member(&types, "ns", types.u64, 8);
	check_refused(&types, row,
		      "struct hole_row has a hole of 4 bytes at byte 4, after or in pid");

	row = btf__add_struct(types.btf, "tail_row", 16);
	add_member(&types, "ns", types.u64, 0);
	add_member(&types, "pid", types.u32, 8);
	check_refused(&types, row,
		      "struct tail_row has a hole of 4 bytes at byte 12, after or in pid");

	inner = btf__add_struct(types.btf, "inner", 4);
	add_member(&types, "a", types.u8, 0);
	add_member(&types, "b", types.u16, 2);
	list = add_array(&types, inner, 1);
	row = btf__add_struct(types.btf, "nested_row", 4);
	add_member(&types, "list", list, 0);
	check_refused(&types, row, "a hole of 1 byte at byte 1, after or in list");

	row = btf__add_struct(types.btf, "bits_row", 1);
	ck_assert_int_eq(btf__add_field(types.btf, "bits", types.u8, 0, 5), 0);
	check_refused(&types, row, "a hole of 1 byte at byte 0, after or in bits");
	btf__free(types.btf);
}
END_TEST

START_TEST(not_a_row)
{
	struct types types = types_new();
	int row;

	check_refused(&types, types.u32, "unsigned int is not a struct");
	check_refused(&types, 12345, "is not a struct");
	row = btf__add_struct(types.btf, "empty_row", 0);
	check_refused(&types, row, "struct empty_row has no member to show");
	row = btf__add_struct(types.btf, "twice_row", 8);
	add_member(&types, "pid", types.u32, 0);
	add_member(&types, "PID", types.u32, 4);
	check_refused(&types, row, "struct twice_row has two columns named pid");
	btf__free(types.btf);
}
END_TEST

/* The text columns are where they are declared, and an unnamed struct's members are the row's. */
START_TEST(texts_and_unnamed_members)
{
	const char record[] = "\1\0\0\0\2\0\0\0abc\0\2\0/x\3\0a\0b";
	struct types types = types_new();
	int text = add_array(&types, types.character, 0);
	int name = add_array(&types, types.character, 4);
	int unnamed = btf__add_struct(types.btf, "", 8), row;
	struct schema *schema;

	add_member(&types, "pid", types.u32, 0);
	add_member(&types, "tid", types.u32, 4);
	row = btf__add_struct(types.btf, "text_row", 12);
	add_member(&types, "", unnamed, 0);
	add_member(&types, "path", text, 8);
	add_member(&types, "cmdline", text, 8);
	add_member(&types, "comm", name, 8);
	add_tag(&types, "bpfview:arguments", row, 2);
	ck_assert_int_eq(schema_from_btf(types.btf, (__u32)row, &schema), 0);
	ck_assert_uint_eq(schema->texts, 2);
	check_print(schema, &format_json, record, sizeof(record) - 1,
		    "{\"pid\":1,\"tid\":2,\"path\":\"/x\",\"cmdline\":\"a b\",\"comm\":\"abc\"}\n");
	schema_free(schema);
	btf__free(types.btf);
}
END_TEST

START_TEST(lower_case_names)
{
	struct types types = types_new();
	int kind = btf__add_enum(types.btf, "bpf_map_type", 4), row;
	const uint32_t rows[] = {1, 2, 7, 3};
	struct schema *schema;

	btf__add_enum_value(types.btf, "BPF_MAP_TYPE_HASH", 1);
	btf__add_enum_value(types.btf, "BPF_MAP_TYPE_LPM_TRIE", 2);
	btf__add_enum_value(types.btf, "BPF_MAP_TYPE_OLD_TRIE", 2);
	btf__add_enum_value(types.btf, "__MAX_BPF_MAP_TYPE", 3);
	row = btf__add_struct(types.btf, "maps_row", 4);
	add_member(&types, "type", kind, 0);
	add_tag(&types, "bpfview:lower", row, 0);
	ck_assert_int_eq(schema_from_btf(types.btf, (__u32)row, &schema), 0);
	check_print(schema, &format_csv, rows, sizeof(rows),
		    "type\nhash\nlpm_trie\n7\n__max_bpf_map_type\n");
	schema_free(schema);
	btf__free(types.btf);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {plain,
				      tags,
				      types_that_rows_cannot_have,
				      holes,
				      not_a_row,
				      texts_and_unnamed_members,
				      lower_case_names,
				      NULL};

	return run_tests("schema_btf", tests);
}
