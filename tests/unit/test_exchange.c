// SPDX-License-Identifier: GPL-2.0-only
/* What an exchange does without a dissector that can be loaded; tests/mounted/dissect.sh has one.
 */
#include <bpf/libbpf.h>

#include "dissector.h"
#include "exchange.h"
#include "exchange_row.h"
#include "object.h"
#include "packets.h"
#include "source.h"

#define PCAP_ETHERNET "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0"
#define PCAP_IP	      "\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\145\0\0\0"
#define SHORT_PACKET  "\1\0\0\0\2\0\0\0\3\0\0\0\74\0\0\0\1\2\3"
#define BYTES(text)   text, sizeof(text) - 1

static const struct object no_object = {
	.name = "none",
	.data = (const unsigned char *)"not an object",
	.size = 13,
};
static struct dissectors dissectors;

/* With 0, more than is needed here. */
static struct exchange *exchange_new(uint64_t input_most, uint64_t results_most)
{
	struct exchange_options options = {
		.input_most = input_most ? input_most : 1 << 20,
		.results_most = results_most ? results_most : 1 << 20,
	};
	struct exchange *exchange = exchange_create(&dissectors, &options);

	ck_assert_ptr_nonnull(exchange);
	return exchange;
}

/* All rows, as CSV without its header. */
static void rows_print(struct source *source, struct buffer *out)
{
	static char records[SOURCE_BATCH];
	struct printer printer;
	char *end;
	ssize_t size;

	ck_assert_int_eq(printer_init(&printer, source->schema, &format_csv), 0);
	do {
		size = source_fill(source, records, sizeof(records));
		ck_assert_int_ge(size, 0);
		ck_assert_int_eq(printer_print(&printer, records, size, out), 0);
	} while (size);
	printer_free(&printer);
	buffer_put_char(out, '\0');
	end = strchr(out->data, '\n') + 1;
	memmove(out->data, end, strlen(end) + 1);
	out->size = strlen(out->data);
}

static void check_rows(struct exchange *exchange, const char *expected)
{
	struct source *source = exchange_source(exchange);
	struct buffer out = {0};

	rows_print(source, &out);
	ck_assert_str_eq(out.data, expected);
	buffer_free(&out);
	source_free(source);
}

static void check_words(const char *words)
{
	struct explanation explanation;

	explain_take(&explanation);
	ck_assert_msg(strstr(explanation.message, words), "%s", explanation.message);
}

START_TEST(no_packets)
{
	struct exchange *exchange = exchange_new(0, 0);

	ck_assert_int_eq(exchange_finish(exchange), -ENODATA);
	check_words("nothing was written");
	check_rows(exchange, "");
	ck_assert_int_eq(exchange_write(exchange, BYTES(PCAP_ETHERNET)), 0);
	ck_assert_int_eq(exchange_finish(exchange), 0);
	check_rows(exchange, "");
	exchange_put(exchange);
	exchange_put(NULL);
}
END_TEST

START_TEST(no_usable_packet)
{
	static const struct {
		const char *bytes;
		size_t size;
		int error;
		const char *words;
	} cases[] = {
		{BYTES("\1\2\3"), -EINVAL, "3 bytes"},
		{BYTES("00 01 02 03 04 05"), -EINVAL, "a frame of 6 bytes"},
		{BYTES(PCAP_ETHERNET SHORT_PACKET), -EINVAL, "a frame of 3 bytes"},
		{BYTES(PCAP_IP SHORT_PACKET), -EINVAL, "link type 101"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct exchange *exchange = exchange_new(0, 0);

		ck_assert_int_eq(exchange_write(exchange, cases[i].bytes, cases[i].size), 0);
		for (int again = 0; again < 2; again++) {
			ck_assert_int_eq(exchange_finish(exchange), cases[i].error);
			check_words(cases[i].words);
		}
		check_rows(exchange, "");
		exchange_put(exchange);
	}
}
END_TEST

START_TEST(link_type_that_is_not_known)
{
	struct exchange *exchange = exchange_new(0, 0);
	char header[] = PCAP_ETHERNET;

	header[20] = 105;
	ck_assert_int_eq(exchange_write(exchange, header, sizeof(header) - 1), -EPROTONOSUPPORT);
	check_words("link type 105");
	ck_assert_int_eq(exchange_write(exchange, "more", 4), -EPROTONOSUPPORT);
	ck_assert_int_eq(exchange_finish(exchange), -EPROTONOSUPPORT);
	exchange_put(exchange);
}
END_TEST

START_TEST(limit_of_the_input)
{
	struct exchange *exchange = exchange_new(24, 0);

	ck_assert_int_eq(exchange_write(exchange, BYTES(PCAP_ETHERNET)), 0);
	ck_assert_int_eq(exchange_write(exchange, "x", 1), -EFBIG);
	check_words("more than 24 bytes");
	exchange_put(exchange);
}
END_TEST

START_TEST(limit_of_the_results)
{
	struct exchange *exchange = exchange_new(0, 2 * sizeof(struct exchange_row));

	ck_assert_int_eq(exchange_write(exchange, BYTES(PCAP_ETHERNET SHORT_PACKET SHORT_PACKET)),
			 0);
	ck_assert_int_eq(exchange_write(exchange, BYTES(SHORT_PACKET)), -EFBIG);
	check_words("more than 2 packets");
	exchange_put(exchange);
}
END_TEST

START_TEST(dissector_that_can_not_be_loaded)
{
	struct exchange *exchange = exchange_new(0, 0);
	int error;

	libbpf_set_print(NULL);
	error = exchange_write(exchange, BYTES("00000000000000000000000000000800\n\n"));
	ck_assert_int_lt(error, 0);
	check_words("can't be loaded");
	ck_assert_int_eq(exchange_finish(exchange), error);
	exchange_put(exchange);
}
END_TEST

/* A source shows what was finished when it was made, whatever comes later. */
START_TEST(sources)
{
	static const char cut[] = "1,,,false,,,,,,,,,,,,,,,,,capture_ends_in_this_packet\n";
	struct exchange *exchange = exchange_new(0, 0);
	struct buffer out = {0};
	struct source *early, *late;

	early = exchange_source(exchange);
	ck_assert_int_eq(exchange_write(exchange, BYTES(PCAP_ETHERNET "\1\0\0\0")), 0);
	ck_assert_int_eq(exchange_finish(exchange), 0);
	check_rows(exchange, cut);
	late = exchange_source(exchange);
	ck_assert_int_eq(exchange_write(exchange, BYTES("\2\0\0\0\3\0\0\0\74\0\0\0\1\2\3")), 0);
	check_rows(exchange, cut);
	exchange_put(exchange);

	rows_print(early, &out);
	ck_assert_str_eq(out.data, "");
	out.size = 0;
	rows_print(late, &out);
	ck_assert_str_eq(out.data, cut);
	source_free(early);
	source_free(late);
	buffer_free(&out);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {no_packets,
				      no_usable_packet,
				      link_type_that_is_not_known,
				      limit_of_the_input,
				      limit_of_the_results,
				      dissector_that_can_not_be_loaded,
				      sources,
				      NULL};

	int status;

	dissectors.first = dissector_create(&no_object, NULL, NULL);
	status = run_tests("exchange", tests);
	dissectors_put(&dissectors);
	dissector_put(NULL);
	return status;
}
