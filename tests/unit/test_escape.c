// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "escape.h"
#include "tables.h"

static void check_text(const char *bytes, size_t size, const char *expected)
{
	struct buffer buffer = {0};

	escape_text(&buffer, bytes, size);
	buffer_put_char(&buffer, '\0');
	ck_assert_str_eq(buffer.data, expected);
	buffer_free(&buffer);
}

static void check_json(const char *bytes, size_t size, const char *expected)
{
	struct buffer buffer = {0};

	escape_json(&buffer, bytes, size);
	buffer_put_char(&buffer, '\0');
	ck_assert_str_eq(buffer.data, expected);
	buffer_free(&buffer);
}

#define BYTES(string) (string), sizeof(string) - 1

START_TEST(text)
{
	check_text(BYTES("plain"), "plain");
	check_text(BYTES("a b"), "a\\x20b");
	check_text(BYTES("x\n9999 9999"), "x\\n9999\\x209999");
	check_text(BYTES("\t\\\r\0\x1b\x7f"), "\\t\\\\\\x0d\\x00\\x1b\\x7f");
	check_text(BYTES("\"'$`"), "\"'$`");
	check_text(BYTES("-"), "\\x2d");
	check_text(BYTES("--"), "--");
	check_text(BYTES("\\x2d"), "\\\\x2d");
	check_text(BYTES("nt"), "nt");
}
END_TEST

START_TEST(json)
{
	check_json(BYTES(""), "\"\"");
	check_json(BYTES("a b-"), "\"a b-\"");
	check_json(BYTES("\"\\/"), "\"\\\"\\\\/\"");
	check_json(BYTES("\n\t\r\0\x1b\x7f"), "\"\\n\\t\\u000d\\u0000\\u001b\\u007f\"");
}
END_TEST

START_TEST(utf8)
{
	check_text(BYTES("gr\xc3\xbc\xc3\x9f\xf0\x9f\x90\x9d"),
		   "gr\xc3\xbc\xc3\x9f\xf0\x9f\x90\x9d");
	check_json(BYTES("\xe2\x82\xac"), "\"\xe2\x82\xac\"");
	/* cut, lone, overlong, surrogate, past the end of Unicode */
	check_text(BYTES("\xe2\x82"), "\\xe2\\x82");
	check_json(BYTES("\xff"
			 "a\x80"),
		   "\"\\u00ffa\\u0080\"");
	check_text(BYTES("\xc0\xaf"), "\\xc0\\xaf");
	check_text(BYTES("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");
	check_text(BYTES("\xed\xa0\x80"), "\\xed\\xa0\\x80");
	check_json(BYTES("\xf4\x90\x80\x80"), "\"\\u00f4\\u0090\\u0080\\u0080\"");
	check_text(BYTES("\xf5"), "\\xf5");
}
END_TEST

START_TEST(deceptive_characters)
{
	check_text(BYTES("a\xc2\x85"
			 "b"),
		   "a\\xc2\\x85b"); /* U+0085, a line's end to some */
	check_text(BYTES("\xc2\xa0"), "\\xc2\\xa0"); /* U+00A0, no-break space */
	check_json(BYTES("\xe2\x80\xa8"), "\"\\u2028\""); /* line separator */
	check_json(BYTES("\xe2\x80\xae"), "\"\\u202e\""); /* right-to-left override */
	check_text(BYTES("\xe3\x80\x80"), "\\xe3\\x80\\x80"); /* ideographic space */
	check_json(BYTES("\xef\xbb\xbf"), "\"\\ufeff\"");
}
END_TEST

START_TEST(json_blanks)
{
	struct buffer buffer = {0};

	buffer_put_string(&buffer, "a b{\" x y \"}");
	escape_json_blanks(&buffer, 3);
	buffer_put_char(&buffer, '\0');
	ck_assert_str_eq(buffer.data, "a b{\"\\u0020x\\u0020y\\u0020\"}");
	buffer_free(&buffer);
}
END_TEST

static bool has_blank(const struct buffer *buffer)
{
	for (size_t i = 0; i < buffer->size; i++) {
		unsigned char byte = (unsigned char)buffer->data[i];

		if (byte <= 0x20 || byte == 0x7f)
			return true;
	}
	return false;
}

/* Whatever the bytes, no blank or control character comes out. */
START_TEST(every_pair_of_bytes)
{
	struct buffer buffer = {0};
	unsigned int wrong = 0;

	for (unsigned int i = 0; i < 65536; i++) {
		char pair[2] = {(char)(i >> 8), (char)i};

		buffer.size = 0;
		escape_text(&buffer, pair, 2);
		escape_json(&buffer, pair, 2);
		escape_json_blanks(&buffer, 0);
		wrong += buffer.size < 2 + 4 || has_blank(&buffer);
	}
	ck_assert_uint_eq(wrong, 0);
	buffer_free(&buffer);
}
END_TEST

/* Wherever it is among others: bytes are looked at a word at a time. */
START_TEST(every_place)
{
	static const char *const specials[] = {" ", "\\", "\"", "\x7f", "\x01", "\xff", "\xc3\xbc"};
	static const char *const texts[] = {"\\x20", "\\\\",  "\"",	 "\\x7f",
					    "\\x01", "\\xff", "\xc3\xbc"};
	static const char lower[] = "abcdefghijklmnopqrstuvwxyz0123";
	static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ4567";
	char bytes[70], expected[70];

	for (size_t special = 0; special < sizeof(specials) / sizeof(*specials); special++) {
		for (int place = 0; place < 30 * 30; place++) {
			int before = place / 30, after = place % 30;

			snprintf(bytes, sizeof(bytes), "%.*s%s%.*s", before, lower,
				 specials[special], after, upper);
			snprintf(expected, sizeof(expected), "%.*s%s%.*s", before, lower,
				 texts[special], after, upper);
			check_text(bytes, strlen(bytes), expected);
		}
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		text,	     json, utf8, deceptive_characters, json_blanks, every_pair_of_bytes,
		every_place, NULL};

	return run_tests("escape", tests);
}
