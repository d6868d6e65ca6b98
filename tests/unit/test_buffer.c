// SPDX-License-Identifier: GPL-2.0-only
#include <inttypes.h>
#include <stdio.h>

#include "tables.h"

static void check_number(uint64_t value)
{
	struct buffer buffer = {0};
	char expected[64];

	buffer_put_unsigned(&buffer, value);
	buffer_put_char(&buffer, ' ');
	buffer_put_signed(&buffer, (int64_t)value);
	buffer_put_char(&buffer, '\0');
	snprintf(expected, sizeof(expected), "%" PRIu64 " %" PRId64, value, (int64_t)value);
	ck_assert_str_eq(buffer.data, expected);
	buffer_free(&buffer);
}

START_TEST(numbers)
{
	uint64_t power = 1;

	for (unsigned int i = 0; i < 20; i++, power *= 10) {
		check_number(power - 1);
		check_number(power);
		check_number(power + 1);
		check_number(-power);
	}
	for (unsigned int i = 0; i < 64; i++) {
		check_number(1ULL << i);
		check_number((1ULL << i) - 1);
	}
	check_number(UINT64_MAX);
}
END_TEST

static unsigned int count_wrong(uint64_t value)
{
	unsigned int wrong = 0;

	for (unsigned int width = 0; width < 80; width++) {
		struct buffer buffer = {0};
		char expected[100];

		buffer_put_padded(&buffer, value, width);
		buffer_put_char(&buffer, '\0');
		snprintf(expected, sizeof(expected), "%*" PRIu64, (int)width, value);
		wrong += strcmp(buffer.data, expected) != 0;
		buffer_free(&buffer);
	}
	return wrong;
}

START_TEST(padded_numbers)
{
	unsigned int wrong = count_wrong(0) + count_wrong(UINT64_MAX);
	uint64_t power = 1;

	for (unsigned int i = 0; i < 20; i++, power *= 10)
		for (unsigned int part = 0; part < 4; part++)
			wrong += count_wrong(power - 1 + part * power / 3);
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* Each of two halves of four digits, in turn all that they can be. */
START_TEST(eight_digits)
{
	struct buffer buffer = {0};
	unsigned int wrong = 0;
	char expected[32];

	for (unsigned int i = 0; i < 20000; i++) {
		uint64_t value = i < 10000 ? i : (i - 10000) * 10000ULL + i % 7;

		buffer.size = 0;
		buffer_put_unsigned(&buffer, value);
		buffer_put_char(&buffer, '\0');
		snprintf(expected, sizeof(expected), "%" PRIu64, value);
		wrong += strcmp(buffer.data, expected) != 0;
	}
	ck_assert_uint_eq(wrong, 0);
	buffer_free(&buffer);
}
END_TEST

START_TEST(grows)
{
	struct buffer buffer = {0};

	for (unsigned int i = 0; i < 10000; i++)
		buffer_put(&buffer, "0123456789", 10);
	buffer_put_blanks(&buffer, 3);
	buffer_put_blanks(&buffer, 0);
	ck_assert_uint_eq(buffer.size, 100003);
	ck_assert_mem_eq(buffer.data + 99990, "0123456789   ", 13);
	buffer_free(&buffer);
	ck_assert_ptr_null(buffer.data);
	buffer_free(NULL);
}
END_TEST

START_TEST(prints)
{
	struct buffer buffer = {0};

	for (unsigned int i = 0; i < 100; i++)
		buffer_printf(&buffer, "%u,%s;", i % 10, "words");
	ck_assert_uint_eq(buffer.size, 800);
	ck_assert_mem_eq(buffer.data + 792, "9,words;", 8);
	buffer_free(&buffer);
}
END_TEST

START_TEST(nothing_goes_in_after_a_failure)
{
	struct buffer buffer = {0};

	buffer_put_char(&buffer, 'a');
	ck_assert(!buffer_room(&buffer, SIZE_MAX));
	ck_assert(buffer.failed);
	buffer_put_char(&buffer, 'b');
	buffer_put_unsigned(&buffer, 1);
	buffer_put_blanks(&buffer, 1);
	buffer_printf(&buffer, "c");
	ck_assert_uint_eq(buffer.size, 1);
	ck_assert(!buffer_room(&buffer, SIZE_MAX / 2 + 2));
	buffer_free(&buffer);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {numbers, padded_numbers, eight_digits,
				      grows,   prints,	       nothing_goes_in_after_a_failure,
				      NULL};

	return run_tests("buffer", tests);
}
