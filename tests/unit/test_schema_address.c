// SPDX-License-Identifier: GPL-2.0-only
/* Rows whose addresses are shown by the family in another column. */
#include <sys/socket.h>

#include "tables.h"

struct __attribute__((packed)) ends_row {
	uint16_t family;
	unsigned char local[16];
	uint16_t local_port;
	unsigned char remote[16];
};

START_TEST(addresses_of_a_family)
{
	const struct ends_row rows[] = {
		{AF_INET, {127, 0, 0, 1}, 0x5000, {10, 1}},
		{AF_INET6, {[15] = 1}, 0xbb01, {0x20, 0x01}},
		{0, {1}, 0, {2}},
	};
	struct types types = types_new();
	int address = add_array(&types, types.u8, 16);
	int row = btf__add_struct(types.btf, "ends_row", sizeof(struct ends_row));
	struct schema *schema;

	add_member(&types, "family", types.u16, 0);
	add_member(&types, "local", address, 2);
	add_member(&types, "local_port", types.u16, 18);
	add_member(&types, "remote", address, 20);
	add_tag(&types, "bpfview:address", row, 1);
	add_tag(&types, "bpfview:port", row, 2);
	add_tag(&types, "bpfview:address", row, 3);
	ck_assert_int_eq(schema_from_btf(types.btf, (__u32)row, &schema), 0);
	btf__free(types.btf);
	check_print(schema, &format_csv, rows, sizeof(rows),
		    "family,local,local_port,remote\n"
		    "2,127.0.0.1,80,10.1.0.0\n"
		    "10,::1,443,2001::\n"
		    "0,,0,\n");
	schema_free(schema);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {addresses_of_a_family, NULL};

	return run_tests("schema_address", tests);
}
