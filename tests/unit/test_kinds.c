// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include "buffer.h"
#include "kind.h"
#include "tables.h"

#define CELL(KIND, VALUE, TEXT, JSON, CSV, ...)                                                    \
	check_cell(&(struct column){.kind = &(KIND), .size = sizeof(VALUE), __VA_ARGS__},          \
		   &(VALUE), sizeof(VALUE), TEXT, JSON, CSV)
#define NUMBER(KIND, TYPE, VALUE, TEXT, JSON) CELL(KIND, (TYPE){VALUE}, TEXT, JSON, TEXT)

START_TEST(integers)
{
	NUMBER(kind_unsigned, uint8_t, 255, "255", "255");
	NUMBER(kind_unsigned, uint16_t, 65535, "65535", "65535");
	NUMBER(kind_unsigned, uint32_t, 4294967295U, "4294967295", "4294967295");
	NUMBER(kind_signed, int8_t, -128, "-128", "-128");
	NUMBER(kind_signed, int16_t, -1, "-1", "-1");
	NUMBER(kind_signed, int32_t, -2147483647 - 1, "-2147483648", "-2147483648");
	NUMBER(kind_bool, uint8_t, 1, "true", "true");
	NUMBER(kind_bool, uint8_t, 0, "false", "false");
}
END_TEST

START_TEST(integers_that_doubles_round_are_strings)
{
	NUMBER(kind_unsigned, uint64_t, 1ULL << 53, "9007199254740992", "9007199254740992");
	NUMBER(kind_unsigned, uint64_t, (1ULL << 53) + 1, "9007199254740993",
	       "\"9007199254740993\"");
	NUMBER(kind_unsigned, uint64_t, UINT64_MAX, "18446744073709551615",
	       "\"18446744073709551615\"");
	NUMBER(kind_signed, int64_t, -(1LL << 53), "-9007199254740992", "-9007199254740992");
	NUMBER(kind_signed, int64_t, INT64_MIN, "-9223372036854775808", "\"-9223372036854775808\"");
	NUMBER(kind_unsigned, unsigned __int128, 5, "5", "5");
	NUMBER(kind_unsigned, unsigned __int128, (unsigned __int128)-1,
	       "340282366920938463463374607431768211455",
	       "\"340282366920938463463374607431768211455\"");
	NUMBER(kind_signed, __int128, (__int128)((unsigned __int128)1 << 127),
	       "-170141183460469231731687303715884105728",
	       "\"-170141183460469231731687303715884105728\"");
	NUMBER(kind_signed, __int128, -3, "-3", "-3");
}
END_TEST

START_TEST(hex_and_bytes)
{
	const unsigned char bytes[3] = {0x0a, 0xff, 0};

	NUMBER(kind_hex, uint8_t, 10, "0x0a", "\"0x0a\"");
	NUMBER(kind_hex, uint32_t, 0x8000002a, "0x8000002a", "\"0x8000002a\"");
	NUMBER(kind_hex, uint64_t, 1, "0x0000000000000001", "\"0x0000000000000001\"");
	CELL(kind_bytes, bytes, "0aff00", "\"0aff00\"", "0aff00");
	CELL(kind_null, (uint32_t){5}, "-", "null", "");
}
END_TEST

START_TEST(bytes_of_any_length)
{
	unsigned char bytes[40];
	char expected[81] = "";

	for (unsigned int i = 0; i < sizeof(bytes); i++) {
		struct column column = {.kind = &kind_bytes, .size = i + 1};
		struct buffer out = {0};

		bytes[i] = (unsigned char)(i * 73 + 9);
		snprintf(expected + 2 * i, 3, "%02x", bytes[i]);
		kind_bytes.text(&out, &column, bytes);
		buffer_put_char(&out, '\0');
		ck_assert_str_eq(out.data, expected);
		buffer_free(&out);
	}
}
END_TEST

/* Each digit at each place. */
START_TEST(hex_digits)
{
	for (unsigned int i = 0; i < 16 * 16; i++) {
		const struct column column = {.kind = &kind_hex, .size = 8};
		uint64_t number = 0x0123456789abcdef ^ (uint64_t)(i / 16) << i % 16 * 4;
		struct buffer out = {0};
		char expected[20];

		snprintf(expected, sizeof(expected), "0x%016" PRIx64, number);
		kind_hex.text(&out, &column, &number);
		buffer_put_char(&out, '\0');
		ck_assert_str_eq(out.data, expected);
		buffer_free(&out);
	}
}
END_TEST

START_TEST(nothing)
{
	CELL(kind_unsigned, (uint32_t){0}, "-", "null", "", .optional = true);
	CELL(kind_unsigned, (uint32_t){1}, "1", "1", "1", .optional = true);
	CELL(kind_unsigned, (uint32_t){UINT32_MAX}, "-", "null", "", .optional = true, .none = -1);
	CELL(kind_unsigned, (uint64_t){UINT64_MAX}, "-", "null", "", .optional = true, .none = -1);
	CELL(kind_signed, (int16_t){-1}, "-", "null", "", .optional = true, .none = -1);
	CELL(kind_signed, (__int128){-1}, "-", "null", "", .optional = true, .none = -1);
	CELL(kind_unsigned, (uint32_t){0}, "0", "0", "0", .none = 0);
	CELL(kind_port, (uint16_t){0}, "-", "null", "", .optional = true);
	CELL(kind_time, (uint64_t){0}, "-", "null", "", .optional = true);
}
END_TEST

START_TEST(addresses)
{
	const unsigned char v4[4] = {192, 0, 2, 255}, zero[16] = {0};
	const unsigned char v6[16] = {0x20, 1, 0xd, 0xb8, [15] = 1};

	CELL(kind_ipv4, v4, "192.0.2.255", "\"192.0.2.255\"", "192.0.2.255");
	CELL(kind_ipv6, v6, "2001:db8::1", "\"2001:db8::1\"", "2001:db8::1");
	CELL(kind_ipv6, zero, "::", "\"::\"", "::");
	CELL(kind_ipv6, zero, "-", "null", "", .optional = true);
	CELL(kind_port, ((unsigned char[]){0x1f, 0x90}), "8080", "8080", "8080");
}
END_TEST

static void check_address(const struct kind *kind, int family, const void *bytes)
{
	char expected[INET6_ADDRSTRLEN];
	struct buffer out = {0};

	inet_ntop(family, bytes, expected, sizeof(expected));
	kind->text(&out, &(struct column){.kind = kind}, bytes);
	buffer_put_char(&out, 0);
	ck_assert_str_eq(out.data, expected);
	buffer_free(&out);
}

/* Each way to have groups of zeros, with others of one to four digits. */
START_TEST(addresses_as_inet_ntop)
{
	static const uint16_t others[] = {0x1, 0x10, 0x2a0, 0xf00d, 0xffff};

	for (unsigned int zeros = 0; zeros < 256; zeros++) {
		for (size_t other = 0; other < sizeof(others) / sizeof(others[0]); other++) {
			uint16_t groups[8];

			for (unsigned int i = 0; i < 8; i++)
				groups[i] = zeros >> i & 1 ? 0 : htons(others[other]);
			check_address(&kind_ipv6, AF_INET6, groups);
		}
		check_address(&kind_ipv4, AF_INET, (unsigned char[]){zeros, 0, 255 - zeros, zeros});
	}
}
END_TEST

struct addressed {
	uint16_t family;
	unsigned char source[16], target[16];
};

START_TEST(address_by_family)
{
	struct column columns[] = {
		{.name = "family", .kind = &kind_unsigned, .size = 2},
		{.name = "source",
		 .kind = &kind_address,
		 .offset = offsetof(struct addressed, source),
		 .size = 16},
		{.name = "target",
		 .kind = &kind_address,
		 .offset = offsetof(struct addressed, target),
		 .size = 16},
	};
	struct schema schema = {columns, 3, sizeof(struct addressed), 0, NULL};
	struct addressed rows[] = {
		{AF_INET, {10, 0, 0, 1}, {10, 0, 0, 2}},
		{AF_INET6, {0xfe, 0x80, [15] = 1}, {[15] = 1}},
		{0, {1}, {2}},
	};

	check_print(&schema, &format_json, rows, sizeof(rows),
		    "{\"family\":2,\"source\":\"10.0.0.1\",\"target\":\"10.0.0.2\"}\n"
		    "{\"family\":10,\"source\":\"fe80::1\",\"target\":\"::1\"}\n"
		    "{\"family\":0,\"source\":null,\"target\":null}\n");
}
END_TEST

static void check_time(uint64_t seconds, uint64_t nanoseconds)
{
	char expected[80], quoted[82], day[40];
	time_t time = (time_t)seconds;
	struct tm parts;

	ck_assert_ptr_nonnull(gmtime_r(&time, &parts));
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &parts);
	snprintf(expected, sizeof(expected), "%s.%09luZ", day, (unsigned long)nanoseconds);
	snprintf(quoted, sizeof(quoted), "\"%s\"", expected);
	CELL(kind_time, (uint64_t){seconds * 1000000000 + nanoseconds}, expected, quoted, expected);
}

START_TEST(times)
{
	CELL(kind_time, (uint64_t){0}, "1970-01-01T00:00:00.000000000Z",
	     "\"1970-01-01T00:00:00.000000000Z\"", "1970-01-01T00:00:00.000000000Z");
	CELL(kind_time, (uint64_t){1709210096000000007}, "2024-02-29T12:34:56.000000007Z",
	     "\"2024-02-29T12:34:56.000000007Z\"", "2024-02-29T12:34:56.000000007Z");
	for (uint64_t day = 0; day < 213503; day += 59)
		check_time(day * 86400 + day % 86400, day * 4000);
	check_time(18446744073, 709551615);
}
END_TEST

/* A process that starts now shows the time that it is now. */
START_TEST(boottime)
{
	struct column column = {.name = "x", .kind = &kind_boottime, .size = 8};
	struct schema schema = {&column, 1, 8, 0, NULL};
	struct timespec boot, real;
	struct tm parts = {0};
	double shown, now;
	uint64_t cell;
	char *line;

	clock_gettime(CLOCK_BOOTTIME, &boot);
	clock_gettime(CLOCK_REALTIME, &real);
	cell = (uint64_t)boot.tv_sec * 1000000000 + (uint64_t)boot.tv_nsec;
	line = print_records(&schema, &format_csv, &cell, sizeof(cell));
	ck_assert_uint_eq(strlen(line), strlen("x\n2024-02-29T12:34:56.000Z\n"));
	ck_assert_ptr_nonnull(strptime(line + 2, "%Y-%m-%dT%H:%M:%S", &parts));
	shown = (double)timegm(&parts) + strtod(line + 21, NULL);
	now = (double)real.tv_sec + (double)real.tv_nsec / 1e9;
	ck_assert_double_eq_tol(shown, now, 1.0);
	free(line);
}
END_TEST

START_TEST(floats)
{
	NUMBER(kind_float, double, 0.1, "0.1", "0.1");
	NUMBER(kind_float, float, 0.1F, "0.1", "0.1");
	NUMBER(kind_float, double, 1.0 / 3, "0.3333333333333333", "0.3333333333333333");
	NUMBER(kind_float, double, -5, "-5", "-5");
	NUMBER(kind_float, double, 1e300, "1e+300", "1e+300");
	NUMBER(kind_float, float, 16777216, "16777216", "16777216");
	NUMBER(kind_float, double, NAN, "NaN", "\"NaN\"");
	NUMBER(kind_float, float, -INFINITY, "-Infinity", "\"-Infinity\"");
}
END_TEST

START_TEST(strings)
{
	const char comm[16] = "a b,\"c\"\n", full[4] = {'f', 'u', 'l', 'l'}, empty[4] = "",
		   dash[2] = "-";

	CELL(kind_chars, comm, "a\\x20b,\"c\"\\n", "\"a b,\\\"c\\\"\\n\"", "\"a b,\"\"c\"\"\\n\"");
	CELL(kind_chars, full, "full", "\"full\"", "full");
	CELL(kind_chars, empty, "-", "null", "");
	CELL(kind_chars, dash, "\\x2d", "\"-\"", "-");
	CELL(kind_chars, "\\x20\\", "\\\\x20\\\\", "\"\\\\x20\\\\\"", "\\\\x20\\\\");
	CELL(kind_chars, " x", "\\x20x", "\" x\"", "\" x\"");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {integers,		 integers_that_doubles_round_are_strings,
				      hex_and_bytes,	 bytes_of_any_length,
				      hex_digits,	 nothing,
				      addresses,	 addresses_as_inet_ntop,
				      address_by_family, times,
				      boottime,		 floats,
				      strings,		 NULL};

	return run_tests("kinds", tests);
}
