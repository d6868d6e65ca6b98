// SPDX-License-Identifier: GPL-2.0-only
#include "packets.h"

static void check_raw(size_t size, size_t step)
{
	struct writer writer = {0};
	struct packets *packets;

	put_frame(&writer, 0xf0, size);
	packets = packets_read(writer.out.data, writer.out.size, step);
	ck_assert_int_eq(packets->write, 0);
	ck_assert_int_eq(packets->end, 0);
	ck_assert_uint_eq(packets->count, 1);
	check_frame(&packets->all[0], 0xf0, size);
	ck_assert_uint_eq(packets->all[0].length, size);
	ck_assert_uint_eq(packets->all[0].link_type, 1);
	ck_assert_uint_eq(packets->all[0].time, CAPTURE_NO_TIME);
	free(packets);
	buffer_free(&writer.out);
}

START_TEST(one_frame)
{
	static const size_t sizes[] = {14, 15, 60, 1514, 4096, 4097, CAPTURE_SNAP, 9000, 262144};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		check_raw(sizes[i], 1 << 20);
		check_raw(sizes[i], 13);
		check_raw(sizes[i], 14);
	}
}
END_TEST

/* Bytes that could be text for a while. */
START_TEST(header_of_text)
{
	static const char frame[] = "0000000000000000000\1\n000\xff";

	for (size_t step = 1; step < sizeof(frame); step++) {
		struct packets *packets = packets_read(frame, sizeof(frame) - 1, step);

		ck_assert_int_eq(packets->write, 0);
		ck_assert_int_eq(packets->end, 0);
		ck_assert_uint_eq(packets->count, 1);
		ck_assert_uint_eq(packets->all[0].captured, sizeof(frame) - 1);
		ck_assert_mem_eq(packets->all[0].bytes, frame, sizeof(frame) - 1);
		free(packets);
	}
}
END_TEST

START_TEST(too_short)
{
	for (size_t size = 0; size < 14; size++) {
		struct packets *packets = packets_read("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
						       "\xff\xff\x08",
						       size, 3);

		ck_assert_int_eq(packets->write, 0);
		ck_assert_int_eq(packets->end, size ? -EINVAL : -ENODATA);
		ck_assert_uint_eq(packets->count, 0);
		ck_assert_str_ne(packets->words.message, "");
		free(packets);
	}
}
END_TEST

START_TEST(too_long)
{
	char *bytes = calloc(1, 262145);
	struct packets *packets = packets_read(bytes, 262145, 10000);

	ck_assert_int_eq(packets->write, -EINVAL);
	ck_assert_uint_eq(packets->count, 0);
	free(packets);
	free(bytes);
}
END_TEST

START_TEST(what_comes_after_an_end_goes_on)
{
	struct packets packets = {0};
	struct capture *capture = capture_create(packets_add, &packets);

	ck_assert_int_eq(capture_write(capture, "\1\2\3\4\5\6\7\10\11\12", 10), 0);
	ck_assert_int_eq(capture_end(capture), -EINVAL);
	ck_assert_int_eq(capture_write(capture, "\13\14\15\16\17\20", 6), 0);
	ck_assert_int_eq(capture_end(capture), 0);
	ck_assert_uint_eq(packets.count, 1);
	check_frame(&packets.all[0], 1, 16);
	capture_free(capture);
}
END_TEST

static int refuse(void *context, const struct packet *packet)
{
	(void)context;
	(void)packet;
	return -EFBIG;
}

START_TEST(the_taker_stops_the_capture)
{
	struct capture *capture = capture_create(refuse, NULL);

	ck_assert_int_eq(capture_write(capture, "00 01\n\n00 01\n 00 01", 19), -EFBIG);
	capture_free(capture);
	capture_free(NULL);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {one_frame,
				      header_of_text,
				      too_short,
				      too_long,
				      what_comes_after_an_end_goes_on,
				      the_taker_stops_the_capture,
				      NULL};

	return run_tests("capture_raw", tests);
}
