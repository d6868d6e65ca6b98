// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <linux/if_ether.h>

#include "capture.h"
#include "exchange_row.h"
#include "tables.h"

static void check_row(const struct exchange_row *row, const struct format *format,
		      const char *expected)
{
	struct printer printer;
	struct buffer out = {0};

	ck_assert_int_eq(printer_init(&printer, &exchange_schema, format), 0);
	ck_assert_int_eq(printer_print(&printer, row, sizeof(*row), &out), 0);
	buffer_put_char(&out, '\0');
	ck_assert_msg(strstr(out.data, expected), "%s\n%s", expected, out.data);
	buffer_free(&out);
	printer_free(&printer);
}

START_TEST(columns)
{
	struct exchange_row row = {
		.time = 1700000000123456789,
		.digits = 9,
		.frame = 7,
		.length = 1514,
		.truncated = 1,
		.verdict = BPF_FLOW_DISSECTOR_CONTINUE,
		.keys = {.nhoff = 18,
			 .thoff = 58,
			 .addr_proto = ETH_P_IPV6,
			 .is_frag = 1,
			 .is_first_frag = 1,
			 .is_encap = 1,
			 .ip_proto = 136,
			 .n_proto = htons(ETH_P_IPV6),
			 .sport = htons(53),
			 .dport = htons(65535),
			 .flags = 5,
			 .flow_label = htonl(0xbeef)},
	};

	inet_pton(AF_INET6, "2001:db8::1", row.keys.ipv6_src);
	inet_pton(AF_INET6, "fe80::2", row.keys.ipv6_dst);
	check_row(&row, &format_json,
		  "{\"frame\":7,\"time\":\"2023-11-14T22:13:20.123456789Z\",\"length\":1514,"
		  "\"truncated\":true,\"verdict\":\"CONTINUE\",\"nhoff\":18,\"thoff\":58,"
		  "\"addr_proto\":\"0x86dd\",\"is_frag\":1,\"is_first_frag\":1,\"is_encap\":1,"
		  "\"ip_proto\":136,\"protocol\":\"udplite\",\"n_proto\":\"0x86dd\","
		  "\"src\":\"2001:db8::1\",\"dst\":\"fe80::2\",\"sport\":53,\"dport\":65535,"
		  "\"flow_label\":\"0x0beef\",\"flags\":5,\"error\":null}\n");
	row.verdict = 77;
	row.keys.addr_proto = ETH_P_IP;
	inet_pton(AF_INET, "192.0.2.1", &row.keys.ipv4_src);
	inet_pton(AF_INET, "198.51.100.7", &row.keys.ipv4_dst);
	check_row(&row, &format_csv,
		  "true,77,18,58,0x0800,1,1,1,136,udplite,0x86dd,192.0.2.1,198.51.100.7,53,");
	check_row(&row, &format_json, "\"verdict\":77,");
	row.keys.addr_proto = 0;
	row.keys.ip_proto = 0;
	check_row(&row, &format_csv, ",18,58,,1,1,1,0,,0x86dd,,,53,65535,0x0beef,5,\n");
	row.keys.ip_proto = 253;
	check_row(&row, &format_csv, ",253,,0x86dd,");
}
END_TEST

START_TEST(times)
{
	struct exchange_row row = {.time = 1700000000123456789, .frame = 1};

	row.digits = 6;
	check_row(&row, &format_csv, "1,2023-11-14T22:13:20.123456Z,");
	row.digits = 1;
	check_row(&row, &format_csv, "1,2023-11-14T22:13:20.1Z,");
	row.digits = 0;
	check_row(&row, &format_csv, "1,2023-11-14T22:13:20Z,");
	row.time = CAPTURE_NO_TIME;
	check_row(&row, &format_csv, "1,,");
}
END_TEST

START_TEST(rows_of_packets_that_were_not_run)
{
	struct exchange_row row = {.frame = 3, .time = CAPTURE_NO_TIME, .length = 60};

	for (unsigned int error = PACKET_SHORT; error <= PACKET_REFUSED; error++) {
		row.error = error;
		check_row(&row, &format_json,
			  "\"verdict\":null,\"nhoff\":null,\"thoff\":null,\"addr_proto\":null,"
			  "\"is_frag\":null,\"is_first_frag\":null,\"is_encap\":null,"
			  "\"ip_proto\":null,\"protocol\":null,\"n_proto\":null,\"src\":null,"
			  "\"dst\":null,\"sport\":null,\"dport\":null,\"flow_label\":null,"
			  "\"flags\":null,\"error\":\"");
	}
	row.error = PACKET_SHORT;
	check_row(&row, &format_text, " frame_under_14_bytes\n");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {columns, times, rows_of_packets_that_were_not_run, NULL};

	return run_tests("exchange_columns", tests);
}
