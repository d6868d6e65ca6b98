// SPDX-License-Identifier: GPL-2.0-only
/* Text after the row: chunks of bytes. */
#include <errno.h>

#include "kind.h"
#include "tables.h"

#define MORE 0x8000

static void put_chunk(struct buffer *record, uint16_t flags, const char *bytes, size_t size)
{
	uint16_t head = (uint16_t)size | flags;

	buffer_put(record, &head, sizeof(head));
	buffer_put(record, bytes, size);
}

static void put_word(struct buffer *record, uint16_t flags, const char *word)
{
	put_chunk(record, flags, word, strlen(word));
}

/* The record as it is, without the room that the buffer has after it. */
static void check_record(const struct kind *kind, struct buffer *record, const char *text,
			 const char *json, const char *csv)
{
	char *copy = malloc(record->size);

	memcpy(copy, record->data, record->size);
	check_cell(&(struct column){.kind = kind}, copy, record->size, text, json, csv);
	free(copy);
	buffer_free(record);
}

START_TEST(one_chunk)
{
	struct buffer record = {0};

	put_word(&record, 0, "a b");
	check_record(&kind_text, &record, "a\\x20b", "\"a b\"", "a b");
	put_word(&record, 0, "-");
	check_record(&kind_text, &record, "\\x2d", "\"-\"", "-");
}
END_TEST

START_TEST(many_chunks)
{
	struct buffer record = {0};

	/* a character of UTF-8 cut in two */
	put_word(&record, MORE, "\xc3");
	put_word(&record, MORE, "");
	put_word(&record, 0, "\xbc!");
	check_record(&kind_text, &record, "\xc3\xbc!", "\"\xc3\xbc!\"", "\xc3\xbc!");
}
END_TEST

START_TEST(nothing)
{
	struct buffer record = {0};

	put_word(&record, 0, "");
	check_record(&kind_text, &record, "-", "null", "");
	put_word(&record, MORE, "");
	put_word(&record, 0, "");
	check_record(&kind_text, &record, "-", "null", "");
	put_chunk(&record, MORE, "\0\0", 2);
	put_chunk(&record, 0, "\0", 1);
	check_record(&kind_arguments, &record, "-", "null", "");
}
END_TEST

START_TEST(arguments)
{
	struct buffer record = {0};

	put_chunk(&record, 0, "sh\0-c\0a b\0\0\0", 12);
	check_record(&kind_arguments, &record, "sh\\x20-c\\x20a\\x20b", "\"sh -c a b\"",
		     "sh -c a b");
	/* an empty argument in the midst stays */
	put_chunk(&record, MORE, "x\0", 2);
	put_chunk(&record, 0, "\0y", 2);
	check_record(&kind_arguments, &record, "x\\x20\\x20y", "\"x  y\"", "x  y");
}
END_TEST

START_TEST(path_up)
{
	struct buffer record = {0};

	put_word(&record, MORE, "c.scope");
	put_word(&record, MORE, "b");
	put_word(&record, 0, "a");
	check_record(&kind_path_up, &record, "/a/b/c.scope", "\"/a/b/c.scope\"", "/a/b/c.scope");
	put_word(&record, 0, "");
	check_record(&kind_path_up, &record, "-", "null", "");
	/* the root's own name is empty */
	put_word(&record, MORE, "");
	put_word(&record, 0, "");
	check_record(&kind_path_up, &record, "/", "\"/\"", "/");
	put_word(&record, MORE, "x");
	put_word(&record, 0, "");
	check_record(&kind_path_up, &record, "/x", "\"/x\"", "/x");
}
END_TEST

START_TEST(numbers)
{
	struct buffer record = {0};
	const uint32_t some[] = {1, 4294967295, 0};

	put_chunk(&record, MORE, (const char *)some, sizeof(some[0]));
	put_chunk(&record, MORE, (const char *)(some + 1), 2 * sizeof(some[0]));
	put_word(&record, 0, "");
	check_record(&kind_numbers, &record, "1,4294967295,0", "[1,4294967295,0]",
		     "\"1,4294967295,0\"");
	put_word(&record, 0, "");
	check_record(&kind_numbers, &record, "-", "null", "");
}
END_TEST

START_TEST(long_path)
{
	struct buffer record = {0}, expected = {0}, quoted = {0};

	for (unsigned int i = 0; i < 1000; i++) {
		put_word(&record, i < 999 ? MORE : 0, "component");
		buffer_put_string(&expected, "/component");
	}
	buffer_put_char(&expected, '\0');
	buffer_printf(&quoted, "\"%s\"", expected.data);
	buffer_put_char(&quoted, '\0');
	check_record(&kind_path_up, &record, expected.data, quoted.data, expected.data);
	buffer_free(&expected);
	buffer_free(&quoted);
}
END_TEST

/* Rows whose texts stand among other columns, and in the order of declaration after the row. */
static struct column columns[] = {
	{.name = "id", .kind = &kind_unsigned, .size = 4},
	{.name = "path", .kind = &kind_path_up},
	{.name = "line", .kind = &kind_text},
	{.name = "comm", .kind = &kind_chars, .offset = 4, .size = 4},
};
static const struct schema mixed = {columns, 4, 8, 2, NULL};

static void put_row(struct buffer *records, uint32_t id, const char *line)
{
	buffer_put(records, &id, sizeof(id));
	buffer_put(records, "abc", 4);
	put_word(records, MORE, "leaf");
	put_word(records, 0, "root");
	put_word(records, 0, line);
}

START_TEST(among_columns)
{
	struct buffer records = {0};

	put_row(&records, 1, "one line");
	put_row(&records, 22, "");
	check_print(&mixed, &format_text, records.data, records.size,
		    "ID PATH       LINE        COMM\n"
		    " 1 /root/leaf one\\x20line abc\n"
		    "22 /root/leaf -           abc\n");
	check_print(&mixed, &format_json, records.data, records.size,
		    "{\"id\":1,\"path\":\"/root/leaf\",\"line\":\"one line\",\"comm\":\"abc\"}\n"
		    "{\"id\":22,\"path\":\"/root/leaf\",\"line\":null,\"comm\":\"abc\"}\n");
	buffer_free(&records);
}
END_TEST

START_TEST(cut_records)
{
	struct buffer records = {0};

	put_row(&records, 1, "one line");
	ck_assert_int_eq(schema_record_size(&mixed, records.data, records.size),
			 (long)records.size);
	for (size_t size = 0; size < records.size; size++) {
		char *copy = malloc(size ? size : 1);
		struct buffer out = {0};
		struct printer printer;

		memcpy(copy, records.data, size);
		ck_assert_int_eq(schema_record_size(&mixed, copy, size), -EBADMSG);
		ck_assert_int_eq(printer_init(&printer, &mixed, &format_text), 0);
		ck_assert_int_eq(printer_print(&printer, copy, size, &out), size ? -EBADMSG : 0);
		ck_assert_uint_eq(printer.rows, 0);
		printer_free(&printer);
		buffer_free(&out);
		free(copy);
	}
	buffer_free(&records);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {one_chunk, many_chunks, nothing,	     arguments,	  path_up,
				      numbers,	 long_path,   among_columns, cut_records, NULL};

	return run_tests("texts", tests);
}
