// SPDX-License-Identifier: GPL-2.0-only
/* Values that hold values. */
#include "tables.h"

START_TEST(structs)
{
	struct types types = types_new();
	int name = add_array(&types, types.character, 4), inner, outer;

	inner = btf__add_struct(types.btf, "inner", 8);
	add_member(&types, "tag", types.u8, 0); /* then 3 bytes of padding, which aren't shown */
	add_member(&types, "id", types.s32, 4);
	outer = btf__add_struct(types.btf, "outer", 16);
	add_member(&types, "Name", name, 0);
	add_member(&types, "inner", inner, 4);
	add_member(&types, "empty", name, 12);
	check_value(&types, outer, "a b-\1xyz\xff\xff\xff\xff\0\0\0", 16,
		    "{\"Name\":\"a b-\",\"inner\":{\"tag\":1,\"id\":-1},\"empty\":\"\"}");
	btf__free(types.btf);
}
END_TEST

START_TEST(unions)
{
	struct types types = types_new();
	int both = btf__add_union(types.btf, "both", 4);

	add_member(&types, "word", types.u32, 0);
	add_member(&types, "byte", types.u8, 0);
	check_value(&types, both, "\1\1\0", 4, "{\"word\":257,\"byte\":1}");
	btf__free(types.btf);
}
END_TEST

START_TEST(arrays)
{
	struct types types = types_new();
	int row = add_array(&types, types.u8, 2), matrix = add_array(&types, row, 3);
	int names = add_array(&types, add_array(&types, types.character, 2), 2);
	int none = add_array(&types, types.u32, 0), pair, flexible;

	check_value(&types, matrix, "\1\2\3\4\5\6", 6, "[[1,2],[3,4],[5,6]]");
	check_value(&types, names, "ab\0c", 4, "[\"ab\",\"\"]");
	pair = btf__add_struct(types.btf, "pair", 2);
	add_member(&types, "a", types.u8, 0);
	add_member(&types, "b", types.u8, 1);
	check_value(&types, add_array(&types, pair, 2), "\1\2\3\4", 4,
		    "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}]");
	flexible = btf__add_struct(types.btf, "flexible", 4);
	add_member(&types, "count", types.u32, 0);
	add_member(&types, "list", none, 4);
	check_value(&types, flexible, "\2\0\0", 4, "{\"count\":2,\"list\":[]}");
	btf__free(types.btf);
}
END_TEST

/* Members of unnamed structs and unions are their parent's; an unnamed bitfield is padding. */
START_TEST(unnamed_members)
{
	struct types types = types_new();
	int pair, either, outer;

	pair = btf__add_struct(types.btf, "", 2);
	add_member(&types, "low", types.u8, 0);
	add_member(&types, "high", types.u8, 1);
	either = btf__add_union(types.btf, "", 2);
	add_member(&types, "", pair, 0);
	add_member(&types, "both", types.u16, 0);
	outer = btf__add_struct(types.btf, "outer", 4);
	add_member(&types, "first", types.u8, 0);
	ck_assert_int_eq(btf__add_field(types.btf, "", types.u8, 8, 3), 0);
	add_member(&types, "", either, 2);
	check_value(&types, outer, "\1\377\2\1", 4,
		    "{\"first\":1,\"low\":2,\"high\":1,\"both\":258}");
	btf__free(types.btf);
}
END_TEST

static void add_bits(const struct types *types, const char *name, int type, unsigned int start,
		     unsigned int bits)
{
	ck_assert_int_eq(btf__add_field(types->btf, name, type, start, (int)bits), 0);
}

START_TEST(bitfields)
{
	struct types types = types_new();
	int mode, flags, wide;

	mode = btf__add_enum(types.btf, "mode", 4);
	btf__add_enum_value(types.btf, "MODE_OFF", 0);
	btf__add_enum_value(types.btf, "MODE_ON", 2);
	flags = btf__add_struct(types.btf, "flags", 4);
	add_bits(&types, "a", types.u32, 0, 3);
	add_bits(&types, "b", types.s32, 3, 7);
	add_bits(&types, "c", types.boolean, 10, 1);
	add_bits(&types, "mode", mode, 11, 2);
	add_bits(&types, "rest", types.u32, 13, 19);
	/* 101, then 1111110, 1, 10 and ones, from the lowest bit up */
	check_value(&types, flags,
		    &(uint32_t){5U | 0x7eU << 3 | 1U << 10 | 2U << 11 | 0x7ffffU << 13}, 4,
		    "{\"a\":5,\"b\":-2,\"c\":true,\"mode\":\"ON\",\"rest\":524287}");
	wide = btf__add_struct(types.btf, "wide", 32);
	add_bits(&types, "low", types.u64, 0, 60);
	add_bits(&types, "cross", types.u64, 60, 64);
	add_bits(&types, "sign", types.s128, 127, 100);
	check_value(&types, wide,
		    "\1\0\0\0\0\0\0\x20\0\0\0\0\0\0\0\x80\xff\xff\xff\xff\xff\xff\xff\xff"
		    "\xff\xff\xff\xff\x07\0\0",
		    32, "{\"low\":1,\"cross\":2,\"sign\":-1}");
	btf__free(types.btf);
}
END_TEST

/* Before BTF told bitfields by their struct, each had an integer type with fewer bits. */
START_TEST(bitfields_of_old_compilers)
{
	struct types types = types_new();
	int three = btf__add_int(types.btf, "unsigned int", 4, 0);
	int five = btf__add_int(types.btf, "int", 4, BTF_INT_SIGNED), flags;
	__u32 *info;

	info = (__u32 *)(btf__type_by_id(types.btf, (__u32)three) + 1);
	*info = (*info & ~0xffU) | 3;
	info = (__u32 *)(btf__type_by_id(types.btf, (__u32)five) + 1);
	*info = (*info & ~0xff00ffU) | 2U << 16 | 5; /* skips 2 bits more */
	flags = btf__add_struct(types.btf, "flags", 4);
	add_member(&types, "three", three, 0);
	add_member(&types, "five", five, 0);
	btf_members(btf__type_by_id(types.btf, (__u32)flags))[1].offset = 3;
	check_value(&types, flags, &(uint32_t){6U | 0x1fU << 5}, 4, "{\"three\":6,\"five\":-1}");
	btf__free(types.btf);
}
END_TEST

START_TEST(kernels_own)
{
	struct types types = types_new();
	int lock = btf__add_struct(types.btf, "bpf_spin_lock", 4), value;

	add_member(&types, "val", types.u32, 0);
	value = btf__add_struct(types.btf, "value", 8);
	add_member(&types, "lock", lock, 0);
	add_member(&types, "count", types.u32, 4);
	check_value(&types, value, "\1\2\3\4\5\0\0", 8, "{\"lock\":null,\"count\":5}");
	btf__free(types.btf);
}
END_TEST

START_TEST(tags_in_map_values)
{
	struct types types = types_new();
	int address = add_array(&types, types.u8, 4), peer, wrong;

	peer = btf__add_struct(types.btf, "peer", 8);
	add_member(&types, "address", address, 0);
	add_member(&types, "port", types.u16, 4);
	add_member(&types, "index", types.u16, 6);
	add_tag(&types, "bpfview:ipv4", peer, 0);
	add_tag(&types, "bpfview:port", peer, 1);
	add_tag(&types, "bpfview:none=0", peer, 2);
	check_value(&types, peer, "\x0a\0\0\1\0\x50\0", 8,
		    "{\"address\":\"10.0.0.1\",\"port\":80,\"index\":null}");
	/* where a tag makes no sense the value is shown without it */
	wrong = btf__add_struct(types.btf, "wrong", 4);
	add_member(&types, "port", types.u32, 0);
	add_tag(&types, "bpfview:port", wrong, 0);
	check_value(&types, wrong, "\1\0\0", 4, "{\"port\":1}");
	btf__free(types.btf);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {structs,	   unions,
				      arrays,	   unnamed_members,
				      bitfields,   bitfields_of_old_compilers,
				      kernels_own, tags_in_map_values,
				      NULL};

	return run_tests("shape_nested", tests);
}
