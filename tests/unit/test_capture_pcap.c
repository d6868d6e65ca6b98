// SPDX-License-Identifier: GPL-2.0-only
#include "packets.h"

#define MICROSECONDS 0xa1b2c3d4
#define NANOSECONDS  0xa1b23c4d
#define ETHERNET     1

static void put_header(struct writer *writer, uint32_t magic, uint32_t link_type)
{
	put32(writer, magic);
	put16(writer, 2);
	put16(writer, 4);
	put64(writer, 0);
	put32(writer, 262144);
	put32(writer, link_type);
}

static void put_record(struct writer *writer, uint32_t seconds, uint32_t fraction, uint8_t first,
		       uint32_t captured, uint32_t length)
{
	put32(writer, seconds);
	put32(writer, fraction);
	put32(writer, captured);
	put32(writer, length);
	put_frame(writer, first, captured);
}

/* Three packets; the second is longer than what is kept of one. */
static struct writer three_packets(uint32_t magic, bool swapped)
{
	struct writer writer = {.swapped = swapped};

	put_header(&writer, magic, ETHERNET);
	put_record(&writer, 1700000000, 123456, 1, 60, 60);
	put_record(&writer, 1700000001, 999999, 2, 9000, 9014);
	put_record(&writer, 4294967295, 0, 3, 14, 1500);
	return writer;
}

static void check_three(const struct writer *writer, size_t step, unsigned int digits)
{
	struct packets *packets = packets_read(writer->out.data, writer->out.size, step);
	uint64_t unit = digits == 9 ? 1 : 1000;

	ck_assert_int_eq(packets->write, 0);
	ck_assert_int_eq(packets->end, 0);
	ck_assert_uint_eq(packets->count, 3);
	check_frame(&packets->all[0], 1, 60);
	check_frame(&packets->all[1], 2, 9000);
	check_frame(&packets->all[2], 3, 14);
	ck_assert_uint_eq(packets->all[0].time, 1700000000000000000 + 123456 * unit);
	ck_assert_uint_eq(packets->all[1].time, 1700000001000000000 + 999999 * unit);
	ck_assert_uint_eq(packets->all[2].time, 4294967295000000000);
	ck_assert_uint_eq(packets->all[1].length, 9014);
	ck_assert_uint_eq(packets->all[2].length, 1500);
	for (unsigned int i = 0; i < 3; i++) {
		ck_assert_uint_eq(packets->all[i].digits, digits);
		ck_assert_uint_eq(packets->all[i].link_type, ETHERNET);
	}
	free(packets);
}

START_TEST(both_byte_orders_and_units_in_pieces_of_any_size)
{
	static const size_t steps[] = {1, 2, 3, 7, 13, 14, 15, 16, 24, 40, 100, 4096, 1 << 20};

	for (int swapped = 0; swapped < 2; swapped++) {
		struct writer micro = three_packets(MICROSECONDS, swapped);
		struct writer nano = three_packets(NANOSECONDS, swapped);

		for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
			check_three(&micro, steps[i], 6);
			check_three(&nano, steps[i], 9);
		}
		buffer_free(&micro.out);
		buffer_free(&nano.out);
	}
}
END_TEST

/* Whole packets, then one that says so when the cut is inside a record. */
START_TEST(cut_at_every_length)
{
	static const size_t ends[] = {24, 24 + 16 + 60, 24 + 16 + 60 + 16 + 20};
	struct writer writer = {0};

	put_header(&writer, MICROSECONDS, ETHERNET);
	put_record(&writer, 1, 2, 1, 60, 60);
	put_record(&writer, 1, 3, 2, 20, 20);
	for (size_t size = 0; size <= writer.out.size; size++) {
		struct packets *packets = packets_read(writer.out.data, size, 11);
		unsigned int whole = 0;

		if (size < ends[0]) {
			ck_assert_int_eq(packets->end, size ? -EINVAL : -ENODATA);
			ck_assert_str_ne(packets->words.message, "");
			free(packets);
			continue;
		}
		while (whole < 2 && ends[whole + 1] <= size)
			whole++;
		ck_assert_int_eq(packets->end, 0);
		ck_assert_uint_eq(packets->count, whole + (size != ends[whole]));
		if (size != ends[whole])
			ck_assert_int_eq(packets->all[whole].error, PACKET_CUT);
		free(packets);
	}
	buffer_free(&writer.out);
}
END_TEST

/* The part of a packet beyond what is kept of it is missed too. */
START_TEST(cut_in_the_part_that_is_not_kept)
{
	struct writer writer = {0};
	struct packets *packets;

	put_header(&writer, MICROSECONDS, ETHERNET);
	put_record(&writer, 1, 2, 1, 9000, 9000);
	packets = packets_read(writer.out.data, writer.out.size - 1, 1 << 20);
	ck_assert_int_eq(packets->end, 0);
	ck_assert_uint_eq(packets->count, 2);
	ck_assert_int_eq(packets->all[1].error, PACKET_CUT);
	free(packets);
	buffer_free(&writer.out);
}
END_TEST

START_TEST(what_comes_after_an_end_goes_on)
{
	struct writer writer = three_packets(MICROSECONDS, false);

	for (size_t cut = 24; cut < writer.out.size; cut += 37) {
		struct packets packets = {0};
		struct capture *capture = capture_create(packets_add, &packets);

		ck_assert_int_eq(capture_write(capture, writer.out.data, cut), 0);
		ck_assert_int_eq(capture_end(capture), 0);
		packets.count -= packets.count && packets.all[packets.count - 1].error;
		ck_assert_int_eq(
			capture_write(capture, writer.out.data + cut, writer.out.size - cut), 0);
		ck_assert_int_eq(capture_end(capture), 0);
		ck_assert_uint_eq(packets.count, 3);
		check_frame(&packets.all[2], 3, 14);
		capture_free(capture);
	}
	buffer_free(&writer.out);
}
END_TEST

static void check_refused(struct writer *writer, int error, const char *words)
{
	struct packets *packets = packets_read(writer->out.data, writer->out.size, 1 << 20);

	ck_assert_int_eq(packets->write, error);
	ck_assert_msg(strstr(packets->words.message, words), "%s", packets->words.message);
	free(packets);
	buffer_free(&writer->out);
}

START_TEST(broken)
{
	struct writer version = {0}, link_type = {0}, record = {0};

	put_header(&version, MICROSECONDS, ETHERNET);
	version.out.data[4] = 3;
	check_refused(&version, -EINVAL, "version 3.4");

	put_header(&link_type, MICROSECONDS, 105);
	check_refused(&link_type, -EPROTONOSUPPORT, "link type 105");

	put_header(&record, MICROSECONDS, ETHERNET);
	put_record(&record, 1, 2, 1, 60, 60);
	put_record(&record, 1, 2, 1, 0, 60);
	record.out.data[record.out.size - 5] = 1; /* 0x01000000 bytes */
	check_refused(&record, -EINVAL, "after packet 1: a packet of 16777216 bytes");
}
END_TEST

START_TEST(frame_check_sequence_in_the_link_type)
{
	struct writer writer = {0};
	struct packets *packets;

	put_header(&writer, MICROSECONDS, 0x24000000 | ETHERNET);
	put_record(&writer, 1, 2, 1, 60, 60);
	packets = packets_read(writer.out.data, writer.out.size, 1 << 20);
	ck_assert_int_eq(packets->write, 0);
	ck_assert_uint_eq(packets->all[0].link_type, ETHERNET);
	free(packets);
	buffer_free(&writer.out);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {both_byte_orders_and_units_in_pieces_of_any_size,
				      cut_at_every_length,
				      cut_in_the_part_that_is_not_kept,
				      what_comes_after_an_end_goes_on,
				      broken,
				      frame_check_sequence_in_the_link_type,
				      NULL};

	return run_tests("capture_pcap", tests);
}
