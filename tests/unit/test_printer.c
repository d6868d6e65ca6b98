// SPDX-License-Identifier: GPL-2.0-only
/* Whole tables: batches, widths, and what no content may break. */
#include <errno.h>
#include <stdio.h>

#include "kind.h"
#include "tables.h"

static struct column pair_columns[] = {
	{.name = "id", .kind = &kind_unsigned, .size = 1},
	{.name = "name", .kind = &kind_chars, .offset = 1, .size = 100},
	{.name = "size_bytes", .kind = &kind_unsigned, .offset = 101, .size = 1},
};
static const struct schema pair_schema = {pair_columns, 3, 102, 0, NULL};

struct pair {
	uint8_t id;
	char name[100];
	uint8_t size;
};

START_TEST(empty_tables)
{
	check_print(&pair_schema, &format_text, NULL, 0, "ID NAME SIZE_BYTES\n");
	check_print(&pair_schema, &format_csv, NULL, 0, "id,name,size_bytes\n");
	check_print(&pair_schema, &format_json, NULL, 0, "");
}
END_TEST

/* The first batch settles the widths; in later ones a longer cell pushes the rest of its row. */
START_TEST(batches)
{
	const struct pair first[] = {{1, "bee", 2}, {100, "gr\xc3\xbc\xc3\x9f", 3}};
	const struct pair second[] = {{2, "longer than that", 4}, {3, "", 5}};
	struct buffer out = {0};
	struct printer printer;

	ck_assert_int_eq(printer_init(&printer, &pair_schema, &format_text), 0);
	ck_assert_int_eq(printer_print(&printer, first, sizeof(first), &out), 0);
	ck_assert_uint_eq(printer.rows, 2);
	ck_assert_int_eq(printer_print(&printer, second, sizeof(second), &out), 0);
	ck_assert_int_eq(printer_print(&printer, NULL, 0, &out), 0);
	ck_assert_uint_eq(printer.rows, 4);
	buffer_put_char(&out, '\0');
	ck_assert_str_eq(out.data, " ID NAME SIZE_BYTES\n"
				   "  1 bee  2\n"
				   "100 gr\xc3\xbc\xc3\x9f 3\n"
				   "  2 longer\\x20than\\x20that 4\n"
				   "  3 -    5\n");
	buffer_free(&out);
	printer_free(&printer);
	printer_free(NULL);
}
END_TEST

/* One long cell doesn't make all rows as long. */
START_TEST(widest)
{
	struct pair rows[2] = {{1, "a", 2}, {3, "", 4}};
	char *printed;

	memset(rows[1].name, 'x', 100);
	printed = print_records(&pair_schema, &format_text, rows, sizeof(rows));
	ck_assert_uint_eq(strcspn(strchr(printed, '\n') + 1, "\n"), 3 + 64 + 1 + 1);
	free(printed);
}
END_TEST

/* What comes after a name stands at the same place, whatever the name. */
START_TEST(lines_up)
{
	struct pair rows[2] = {};
	char expected[200];
	char *printed;

	for (int place = 0; place < 20 * 20; place++) {
		int before = place / 20, after = place % 20, size = before + 1 + after;

		snprintf(rows[0].name, sizeof(rows[0].name), "%.*s\xc3\xbc%.*s", before,
			 "abcdefghijklmnopqrst", after, "ABCDEFGHIJKLMNOPQRST");
		snprintf(rows[1].name, sizeof(rows[1].name), "%.*s", size,
			 "0123456789012345678901234567890123456789");
		printed = print_records(&pair_schema, &format_text, rows, sizeof(rows));
		snprintf(expected, sizeof(expected), " 0 %s%*s 0\n 0 %-4.*s 0\n", rows[0].name,
			 size < 4 ? 4 - size : 0, "", size, rows[1].name);
		ck_assert_str_eq(strchr(printed, '\n') + 1, expected);
		free(printed);
	}
}
END_TEST

START_TEST(wrong_batches)
{
	const struct pair rows[] = {{1, "bee", 2}, {2, "wasp", 3}};
	struct buffer out = {0};
	struct printer printer;

	ck_assert_int_eq(printer_init(&printer, &pair_schema, &format_csv), 0);
	ck_assert_int_eq(printer_print(&printer, rows, sizeof(rows) - 1, &out), -EBADMSG);
	ck_assert_uint_eq(printer.rows, 1);
	ck_assert_uint_eq(out.size, strlen("id,name,size_bytes\n1,bee,2\n"));
	buffer_free(&out);
	printer_free(&printer);
}
END_TEST

/* Bytes that look random and are the same in each run. */
static void fill_bytes(unsigned char *bytes, size_t size)
{
	static uint32_t state = 1;

	for (size_t i = 0; i < size; i++) {
		state = state * 1664525 + 1013904223;
		/* often the bytes that matter: blanks, quotes, ends of lines, dashes */
		bytes[i] = state >> 31 ? (unsigned char)(state >> 16)
				       : (unsigned char)" \n\t\\\"',-\0\x85\xc2\xa0\xe2\x80\xa8"
						 [state >> 16 & 15];
	}
}

/* Cells of a line: runs of bytes that are no blank. -1 when it has a byte that no line may have. */
static int count_cells(const char *line, size_t size)
{
	int cells = 0;

	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)line[i];

		if (byte < 0x20 || byte == 0x7f)
			return -1;
		cells += byte != ' ' && (i == 0 || line[i - 1] == ' ');
	}
	return size && line[size - 1] == ' ' ? -1 : cells;
}

START_TEST(hostile_names)
{
	unsigned char rows[500][102];
	char *printed, *line;
	int lines = 0;

	fill_bytes(rows[0], sizeof(rows));
	printed = print_records(&pair_schema, &format_text, rows, sizeof(rows));
	for (line = printed; *line; line += strcspn(line, "\n") + 1, lines++)
		ck_assert_int_eq(count_cells(line, strcspn(line, "\n")), 3);
	ck_assert_int_eq(lines, 501);
	free(printed);
}
END_TEST

/* Fields of a line as RFC 4180 has it: -1 when its quotes are wrong. */
static int count_fields(const char *line, size_t size)
{
	int fields = 1;
	bool quoted = false;

	for (size_t i = 0; i < size; i++) {
		bool starts = !quoted && (i == 0 || line[i - 1] == ',');

		if ((unsigned char)line[i] < 0x20)
			return -1;
		if (line[i] == ',' && !quoted)
			fields++;
		if (line[i] != '"')
			continue;
		if (quoted && i + 1 < size && line[i + 1] == '"')
			i++;
		else if (quoted || starts)
			quoted = !quoted;
		else
			return -1;
	}
	return quoted ? -1 : fields;
}

START_TEST(hostile_csv)
{
	unsigned char rows[500][102];
	char *printed, *line;
	int lines = 0;

	fill_bytes(rows[0], sizeof(rows));
	printed = print_records(&pair_schema, &format_csv, rows, sizeof(rows));
	for (line = printed; *line; line += strcspn(line, "\n") + 1, lines++)
		ck_assert_int_eq(count_fields(line, strcspn(line, "\n")), 3);
	ck_assert_int_eq(lines, 501);
	free(printed);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {empty_tables,  batches,	    widest,	 lines_up,
				      wrong_batches, hostile_names, hostile_csv, NULL};

	return run_tests("printer", tests);
}
