// SPDX-License-Identifier: GPL-2.0-only
#include "pcapng.h"

/* Each kind of block, two interfaces, and then a section of its own interface. */
static struct writer mixed(bool swapped)
{
	struct writer writer = {.swapped = swapped};
	size_t start;

	put_section(&writer);
	put_unknown(&writer, 10000);
	put_interface(&writer, 1, 100, -1, 0);
	put_interface(&writer, 101, 0, 9, 0);
	put_enhanced(&writer, 0, STAMP, 1, 61);
	put_enhanced(&writer, 1, STAMP * 1000 + 7, 2, 40);
	put_simple(&writer, 9000, 3, 100);
	start = block_start(&writer, PACKET);
	put16(&writer, 1);
	put16(&writer, 0xffff);
	put32(&writer, (STAMP * 1000) >> 32);
	put32(&writer, (uint32_t)(STAMP * 1000));
	put32(&writer, 20);
	put32(&writer, 20);
	put_frame(&writer, 4, 20);
	block_end(&writer, start);
	writer.swapped = !swapped;
	put_section(&writer);
	put_interface(&writer, 113, 0, 0x80 | 10, 1000);
	put_enhanced(&writer, 0, 5 * 1024 + 512, 5, 9000);
	return writer;
}

static void check_mixed(const struct packets *packets)
{
	ck_assert_int_eq(packets->write, 0);
	ck_assert_int_eq(packets->end, 0);
	ck_assert_uint_eq(packets->count, 5);
	check_frame(&packets->all[0], 1, 61);
	check_frame(&packets->all[1], 2, 40);
	check_frame(&packets->all[2], 3, 100);
	check_frame(&packets->all[3], 4, 20);
	check_frame(&packets->all[4], 5, 9000);
	ck_assert_uint_eq(packets->all[0].time, STAMP * 1000);
	ck_assert_uint_eq(packets->all[0].digits, 6);
	ck_assert_uint_eq(packets->all[0].length, 65);
	ck_assert_uint_eq(packets->all[1].time, STAMP * 1000 + 7);
	ck_assert_uint_eq(packets->all[1].digits, 9);
	ck_assert_uint_eq(packets->all[1].link_type, 101);
	ck_assert_uint_eq(packets->all[2].time, CAPTURE_NO_TIME);
	ck_assert_uint_eq(packets->all[2].length, 9000);
	ck_assert_uint_eq(packets->all[3].link_type, 101);
	ck_assert_uint_eq(packets->all[4].link_type, 113);
	ck_assert_uint_eq(packets->all[4].time, 1005500000000);
	ck_assert_uint_eq(packets->all[4].digits, 9);
}

START_TEST(blocks_of_both_byte_orders_in_pieces_of_any_size)
{
	static const size_t steps[] = {1, 3, 4, 8, 12, 13, 14, 28, 100, 5000, 1 << 20};

	for (int swapped = 0; swapped < 2; swapped++) {
		struct writer writer = mixed(swapped);

		for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
			struct packets *packets =
				packets_read(writer.out.data, writer.out.size, steps[i]);

			check_mixed(packets);
			free(packets);
		}
		buffer_free(&writer.out);
	}
}
END_TEST

START_TEST(time_resolutions)
{
	static const struct {
		int resolution;
		uint64_t stamp, time;
		unsigned int digits;
	} cases[] = {
		{0, 1700000000, 1700000000000000000, 0},
		{3, 1700000000123, 1700000000123000000, 3},
		{6, 1700000000123456, 1700000000123456000, 6},
		{12, 1700000000123456789, 1700000000123456, 9},
		{19, UINT64_MAX, 1844674407, 9},
		{20, 1, CAPTURE_NO_TIME, 9},
		{0, UINT64_MAX, CAPTURE_NO_TIME, 0},
		{0x80, 17, 17000000000, 9},
		{0x80 | 32, 0x180000000, 1500000000, 9},
		{0x80 | 64, 1, CAPTURE_NO_TIME, 9},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer writer = {0};
		struct packets *packets;

		put_section(&writer);
		put_interface(&writer, 1, 0, cases[i].resolution, 0);
		put_enhanced(&writer, 0, cases[i].stamp, 1, 60);
		packets = packets_read(writer.out.data, writer.out.size, 1 << 20);
		ck_assert_uint_eq(packets->count, 1);
		ck_assert_uint_eq(packets->all[0].time, cases[i].time);
		ck_assert_uint_eq(packets->all[0].digits, cases[i].digits);
		free(packets);
		buffer_free(&writer.out);
	}
}
END_TEST

START_TEST(bad_packets_do_not_lose_the_others)
{
	struct writer writer = {0};
	struct packets *packets;
	size_t start;

	put_section(&writer);
	put_simple(&writer, 60, 1, 60); /* of no interface */
	put_interface(&writer, 1, 0, -1, 0);
	put_enhanced(&writer, 1, STAMP, 1, 60);
	start = writer.out.size;
	put_enhanced(&writer, 0, STAMP, 2, 60);
	writer.out.data[start + 20] = 61; /* captured: more than its block has */
	block_end(&writer, block_start(&writer, ENHANCED));
	put_enhanced(&writer, 0, STAMP, 3, 60);
	packets = packets_read(writer.out.data, writer.out.size, 1 << 20);
	ck_assert_int_eq(packets->write, 0);
	ck_assert_int_eq(packets->end, 0);
	ck_assert_uint_eq(packets->count, 5);
	ck_assert_int_eq(packets->all[0].error, PACKET_INTERFACE);
	ck_assert_int_eq(packets->all[1].error, PACKET_INTERFACE);
	ck_assert_int_eq(packets->all[2].error, PACKET_BLOCK);
	ck_assert_int_eq(packets->all[3].error, PACKET_BLOCK);
	check_frame(&packets->all[4], 3, 60);
	free(packets);
	buffer_free(&writer.out);
}
END_TEST

/* What is written after a whole section and packet; the capture can't be followed from there. */
static void check_broken(struct writer *rest, const char *words)
{
	struct writer writer = {0};
	struct packets *packets;

	put_section(&writer);
	put_interface(&writer, 1, 0, -1, 0);
	put_enhanced(&writer, 0, STAMP, 1, 60);
	buffer_put(&writer.out, rest->out.data, rest->out.size);
	packets = packets_read(writer.out.data, writer.out.size, 1 << 20);
	ck_assert_int_eq(packets->write, -EINVAL);
	ck_assert_msg(strstr(packets->words.message, words), "%s", packets->words.message);
	ck_assert_uint_eq(packets->count, 2);
	check_frame(&packets->all[0], 1, 60);
	ck_assert_int_eq(packets->all[1].error, PACKET_BROKEN);
	free(packets);
	buffer_free(&writer.out);
	buffer_free(&rest->out);
}

START_TEST(broken)
{
	struct writer odd = {0}, small = {0}, last = {0}, mark = {0};

	put_unknown(&odd, 8);
	odd.out.data[4]++;
	check_broken(&odd, "a block of 21 bytes");

	put_unknown(&small, 8);
	small.out.data[4] = 8;
	check_broken(&small, "a block of 8 bytes");

	put_unknown(&last, 8);
	last.out.data[last.out.size - 4] = 24;
	check_broken(&last, "ends with another number");

	put_section(&mark);
	mark.out.data[8]++;
	check_broken(&mark, "byte-order mark");
}
END_TEST

/* It begins with line ends; this one goes on like text. */
START_TEST(what_looks_like_text)
{
	static const char bytes[] = "\n\r\r\n<+\n<+ab\1234567890";

	for (size_t step = 1; step <= sizeof(bytes); step++) {
		struct packets *packets = packets_read(bytes, sizeof(bytes), step);

		ck_assert_int_eq(packets->write, -EINVAL);
		ck_assert_uint_eq(packets->count, 1);
		ck_assert_int_eq(packets->all[0].error, PACKET_BROKEN);
		free(packets);
	}
}
END_TEST

START_TEST(cut_at_every_length)
{
	struct writer writer = {0};
	size_t packet, end;

	put_section(&writer);
	put_interface(&writer, 1, 0, -1, 0);
	packet = writer.out.size;
	put_enhanced(&writer, 0, STAMP, 1, 60);
	end = writer.out.size;
	put_unknown(&writer, 40);
	for (size_t size = 1; size <= writer.out.size; size++) {
		struct packets *packets = packets_read(writer.out.data, size, 5);
		bool whole = size == 28 || size == packet || size == end || size == writer.out.size;

		if (size < 28) {
			ck_assert_int_eq(packets->end, -EINVAL);
		} else {
			ck_assert_int_eq(packets->end, 0);
			ck_assert_uint_eq(packets->count, (size >= end) + !whole);
			if (!whole)
				ck_assert_int_eq(packets->all[size >= end].error, PACKET_CUT);
		}
		free(packets);
	}
	buffer_free(&writer.out);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {blocks_of_both_byte_orders_in_pieces_of_any_size,
				      time_resolutions,
				      bad_packets_do_not_lose_the_others,
				      broken,
				      what_looks_like_text,
				      cut_at_every_length,
				      NULL};

	return run_tests("capture_pcapng", tests);
}
