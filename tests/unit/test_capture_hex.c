// SPDX-License-Identifier: GPL-2.0-only
#include "packets.h"

/* The same 24 bytes in each of the forms: 0x00, 0x01 ... 0x17, with 0x41 ("A") at 4. */
#define FRAME                                                                                      \
	"0001020341050607"                                                                         \
	"08090a0b0c0d0e0f"                                                                         \
	"1011121314151617"

static void packet_hex(const struct packet *packet, char *out)
{
	for (uint32_t i = 0; i < packet->size; i++)
		sprintf(out + 2 * i, "%02x", packet->bytes[i]);
	out[2 * packet->size] = '\0';
}

/* expected: packets as hex, with a blank between */
static void check_text_in(const char *text, const char *expected, size_t step)
{
	struct packets *packets = packets_read(text, strlen(text), step);
	char all[PACKETS_MOST * 600] = "", one[2 * CAPTURE_SNAP + 1];

	ck_assert_msg(!packets->write && !packets->end, "%s: %s", text, packets->words.message);
	for (unsigned int i = 0; i < packets->count; i++) {
		ck_assert_int_eq(packets->all[i].error, PACKET_OK);
		ck_assert_uint_eq(packets->all[i].time, CAPTURE_NO_TIME);
		packet_hex(&packets->all[i], one);
		strcat(strcat(all, i ? " " : ""), one);
	}
	ck_assert_msg(strcmp(all, expected) == 0, "%s: %s", text, all);
	free(packets);
}

static void check_text(const char *text, const char *expected)
{
	check_text_in(text, expected, 1 << 20);
	check_text_in(text, expected, 1);
	check_text_in(text, expected, 17);
}

START_TEST(as_tools_write_it)
{
	/* xxd */
	check_text("00000000: 0001 0203 4105 0607 0809 0a0b 0c0d 0e0f  ....A...........\n"
		   "00000010: 1011 1213 1415 1617                      ........\n",
		   FRAME);
	/* xxd -g 1, with characters that look like bytes */
	check_text("00000000: 00 01 02 03 41 05 06 07 08 09 0a 0b 0c 0d 0e 0f  aabb ccdd eeff00\n"
		   "00000010: 10 11 12 13 14 15 16 17                          aa bb\n",
		   FRAME);
	/* xxd -p */
	check_text("000102034105060708090a0b0c0d0e0f10111213\n14151617\n", FRAME);
	/* hexdump -C */
	check_text(
		"00000000  00 01 02 03 41 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |....A...........|\n"
		"00000010  10 11 12 13 14 15 16 17                           |........|\n"
		"00000018\n",
		FRAME);
	/* od -Ax -tx1 */
	check_text("000000 00 01 02 03 41 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n"
		   "000010 10 11 12 13 14 15 16 17\n000018\n",
		   FRAME);
	/* Wireshark, copy as hex dump */
	check_text("0000   00 01 02 03 41 05 06 07 08 09 0a 0b 0c 0d 0e 0f   ....A...........\n"
		   "0010   10 11 12 13 14 15 16 17                           ........\n",
		   FRAME);
	check_text("0000  00 01 02 03 41 05 06 07  08 09 0a 0b 0c 0d 0e 0f   ....A... ........\r\n"
		   "0010  10 11 12 13 14 15 16 17                            ........\r\n",
		   FRAME);
}
END_TEST

START_TEST(as_tcpdump_writes_it)
{
	check_text("12:00:00.123456 IP 10.0.0.1.80 > 10.0.0.2.90: Flags [S], length 0\n"
		   "\t0x0000:  0001 0203 4105 0607 0809 0a0b 0c0d 0e0f\n"
		   "\t0x0010:  1011 1213 1415 1617\n"
		   "12:00:00.123457 ARP, Request who-has 10.0.0.1 tell 10.0.0.2\n"
		   "\t0x0000:  0001 0203 4105 0607 0809 0a0b 0c0d 0e0f\n",
		   FRAME " 000102034105060708090a0b0c0d0e0f");
	/* -XX -v -t */
	check_text("IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto TCP (6), length 60)\n"
		   "    10.0.0.1.80 > 10.0.0.2.90: Flags [S], cksum 0x1 (correct)\n"
		   "\t0x0000:  0001 0203 4105 0607 0809 0a0b 0c0d 0e0f  ....A...........\n"
		   "\t0x0010:  1011 1213 1415 1617                      ........\n",
		   FRAME);
}
END_TEST

START_TEST(as_a_person_writes_it)
{
	check_text(FRAME, FRAME);
	check_text("# at 12 o'clock in the caf\xc3\xa9\n" FRAME "\n", FRAME);
	check_text("  00 01 02 03:41 05-06,07 0x08 0x090A 0B0C0D 0e 0f\n\t101112131415\t16 17  \n",
		   FRAME);
	check_text("# a comment\n{0x0, 0x1, 0x2, 0x3, 0x41, 0x5, 0x06, 0x07,\n"
		   " 0x08, 0x9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf,\n 16, 17};\n",
		   "000102034105060708090a0b0c0d0e0f1617");
	check_text("\"\\x00\\x01\\x02\\x03\" \"A1B2c3d4e5f60708090a\"\n",
		   "00010203a1b2c3d4e5f60708090a");
	check_text("{000102} \n", "000102");
}
END_TEST

START_TEST(several_packets)
{
	check_text("\n\n" FRAME "\n\n\n" FRAME "\n \t\n" FRAME "\n\n", FRAME " " FRAME " " FRAME);
	check_text("0000  00 01 02 03 41 05 06 07\n0000  00 01 02\n0003  03 04\n",
		   "0001020341050607 0001020304");
	check_text("00000000: 0001 0203\n\n00000000: 0405\n", "00010203 0405");
}
END_TEST

START_TEST(lines_left_out_of_a_dump)
{
	char expected[161] = "";

	for (unsigned int i = 0; i < 80; i++)
		strcat(expected, i < 76 ? "00" : "11");
	check_text(
		"00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n"
		"*\n"
		"00000040  00 00 00 00 00 00 00 00  00 00 00 00 11 11 11 11  |................|\n"
		"00000050\n",
		expected);
	expected[128] = '\0';
	check_text("00000000: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n*\n"
		   "00000030: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n",
		   expected);
}
END_TEST

/* Bytes that look like an offset, and the other way round. */
START_TEST(offset_or_bytes)
{
	check_text("0000 0102 0304\n", "000001020304");
	check_text("00000000 00000001 0002\n", "00000000000000010002");
	check_text("0000 01 02 03\n", "010203");
	check_text("4500 01 02 03\n", "4500010203");
	check_text("0000\n0000\n0000\n0000\n", "0000000000000000");
}
END_TEST

static void check_error(const char *text, const char *words)
{
	struct packets *packets = packets_read(text, strlen(text), 1 << 20);

	ck_assert_msg(packets->write == -EINVAL || packets->end == -EINVAL, "%s", text);
	ck_assert_msg(strstr(packets->words.message, words), "%s: %s", text,
		      packets->words.message);
	free(packets);
}

START_TEST(bad_text)
{
	check_error("hello, this is not hex\n", "line 1: `hello,`");
	check_error("hello\n", "line 1: `hello`");
	check_error(FRAME "\n" FRAME "0\n", "line 2");
	check_error(FRAME "\n00 01 0g\n", "line 2: `0g`");
	check_error("00000000: 0001 02x3 0405 0607\n", "line 1: `02x3`");
	check_error("00000000: 0001 0203\n00000010: 0405\n", "line 2: its offset is 0x10, but 4");
	check_error("# nothing but words\n", "no packet");
	check_error("0x0000: 00 01 02 03\n*\n0xffffffff: 00\n", "more than 262144 bytes");
}
END_TEST

START_TEST(long_text)
{
	size_t size = 2 << 20;
	char *text = malloc(size);
	struct packets *packets;

	memset(text, '0', size);
	packets = packets_read(text, 2 * 9000, 1000);
	ck_assert_int_eq(packets->end, 0);
	ck_assert_uint_eq(packets->count, 1);
	ck_assert_uint_eq(packets->all[0].captured, 9000);
	ck_assert_uint_eq(packets->all[0].size, CAPTURE_SNAP);
	free(packets);
	packets = packets_read(text, size, 100000);
	ck_assert_int_eq(packets->write, -EINVAL);
	free(packets);
	free(text);
}
END_TEST

START_TEST(what_comes_after_an_end_goes_on)
{
	struct packets packets = {0};
	struct capture *capture = capture_create(packets_add, &packets);
	char one[2 * CAPTURE_SNAP + 1];

	ck_assert_int_eq(capture_write(capture, FRAME "\n\n0001", 54), 0);
	ck_assert_int_eq(capture_end(capture), 0);
	ck_assert_uint_eq(packets.count, 2);
	packets.count = 1;
	ck_assert_int_eq(capture_write(capture, "0203\n04", 7), 0);
	ck_assert_int_eq(capture_end(capture), 0);
	ck_assert_uint_eq(packets.count, 2);
	packet_hex(&packets.all[1], one);
	ck_assert_str_eq(one, "0001020304");
	capture_free(capture);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {as_tools_write_it,
				      as_tcpdump_writes_it,
				      as_a_person_writes_it,
				      several_packets,
				      lines_left_out_of_a_dump,
				      offset_or_bytes,
				      bad_text,
				      long_text,
				      what_comes_after_an_end_goes_on,
				      NULL};

	return run_tests("capture_hex", tests);
}
