// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <errno.h>

#include "linktype.h"
#include "tables.h"

struct linktype_case {
	uint32_t link_type;
	const char *bytes;
	size_t size;
	int error;
	size_t skip;
	uint16_t protocol; /* 0: no header is added */
};

#define BYTES(text) text, sizeof(text) - 1

static const struct linktype_case cases[] = {
	{1, BYTES("anything"), 0, 0, 0},
	{1, BYTES(""), 0, 0, 0},
	{101, BYTES("\x45"), 0, 0, ETH_P_IP},
	{12, BYTES("\x4f"), 0, 0, ETH_P_IP},
	{14, BYTES("\x60"), 0, 0, ETH_P_IPV6},
	{228, BYTES("\x45"), 0, 0, ETH_P_IP},
	{229, BYTES("\x60"), 0, 0, ETH_P_IPV6},
	{101, BYTES(""), -EINVAL, 0, 0},
	{101, BYTES("\x50"), -EINVAL, 0, 0},
	{0, BYTES("\2\0\0\0"), 0, 4, ETH_P_IP},
	{0, BYTES("\0\0\0\2"), 0, 4, ETH_P_IP},
	{0, BYTES("\12\0\0\0"), 0, 4, ETH_P_IPV6},
	{0, BYTES("\30\0\0\0"), 0, 4, ETH_P_IPV6},
	{0, BYTES("\0\0\0\34"), 0, 4, ETH_P_IPV6},
	{108, BYTES("\0\0\0\36"), 0, 4, ETH_P_IPV6},
	{108, BYTES("\0\0\0\2"), 0, 4, ETH_P_IP},
	{108, BYTES("\0\0\2"), -EINVAL, 0, 0},
	{0, BYTES("\7\0\0\0"), -EINVAL, 0, 0},
	{113, BYTES("\0\0\0\1\0\6ABCDEF\0\0\x86\xdd"), 0, 16, ETH_P_IPV6},
	{113, BYTES("\0\0\0\1\0\6ABCDEF\0\0\x86"), -EINVAL, 0, 0},
	{276, BYTES("\x08\0\0\0\0\0\0\1\0\1\0\6ABCDEF\0\0"), 0, 20, ETH_P_IP},
	{276, BYTES("\x08\0\0\0\0\0\0\1\0\1\0\6ABCDEF\0"), -EINVAL, 0, 0},
	{9, BYTES("\xff\x03\x00\x21"), 0, 4, ETH_P_IP},
	{9, BYTES("\x00\x57"), 0, 2, ETH_P_IPV6},
	{9, BYTES("\x02\x81"), 0, 2, ETH_P_MPLS_UC},
	{9, BYTES("\xff\x03\x02\x83"), 0, 4, ETH_P_MPLS_MC},
	{9, BYTES("\xc0\x21"), -EINVAL, 0, 0},
	{9, BYTES("\xff\x03\x00"), -EINVAL, 0, 0},
	{50, BYTES("\xff\x03\x00\x21"), 0, 4, ETH_P_IP},
	{50, BYTES("\x0f\x00\x08\x00"), 0, 4, ETH_P_IP},
	{204, BYTES("\1\xff\x03\x00\x21"), 0, 5, ETH_P_IP},
	{204, BYTES("\1"), -EINVAL, 0, 0},
	{51, BYTES("\x11\0"), 0, 0, ETH_P_PPP_SES},
	{104, BYTES("\x0f\x00\x86\xdd"), 0, 4, ETH_P_IPV6},
	{104, BYTES("\x0f\x00\x86"), -EINVAL, 0, 0},
	{109, BYTES("\2\0\0\0\0\0\0\0\0\0\0\0"), 0, 12, ETH_P_IP},
	{109, BYTES("\2\0\0\0\0\0\0\0\0\0\0"), -EINVAL, 0, 0},
};

START_TEST(headers)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct linktype_case *one = &cases[i];
		struct linktype_header header;
		/* On the heap, so that a sanitizer sees a read past its end. */
		uint8_t *bytes = malloc(one->size);

		memcpy(bytes, one->bytes, one->size);
		ck_assert(linktype_known(one->link_type));
		ck_assert_msg(linktype_header(one->link_type, bytes, one->size, &header) ==
				      one->error,
			      "case %zu", i);
		if (!one->error) {
			ck_assert_uint_eq(header.skip, one->skip);
			ck_assert_uint_eq(header.size, one->protocol ? ETH_HLEN : 0);
			ck_assert_uint_eq(ntohs(header.ethernet.h_proto), one->protocol);
		}
		free(bytes);
	}
}
END_TEST

START_TEST(cooked_keeps_the_sender)
{
	struct linktype_header header;

	linktype_header(113, (const uint8_t *)"\0\0\0\1\0\6ABCDEF\0\0\x08\0", 16, &header);
	ck_assert_mem_eq(header.ethernet.h_source, "ABCDEF", 6);
	linktype_header(276, (const uint8_t *)"\x08\0\0\0\0\0\0\1\0\1\0\6UVWXYZ\0\0", 20, &header);
	ck_assert_mem_eq(header.ethernet.h_source, "UVWXYZ", 6);
}
END_TEST

START_TEST(others_are_refused)
{
	struct explanation words;

	ck_assert(!linktype_known(105));
	ck_assert(!linktype_known(UINT32_MAX));
	ck_assert_int_eq(linktype_refuse(105), -EPROTONOSUPPORT);
	explain_take(&words);
	ck_assert(strstr(words.message, "105"));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {headers, cooked_keeps_the_sender, others_are_refused, NULL};

	return run_tests("linktype", tests);
}
