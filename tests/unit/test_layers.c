// SPDX-License-Identifier: GPL-2.0-only
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../../bpf/dissect_options.h"
#include "layers.h"
#include "tables.h"

#define LINE 20000

static size_t bytes_of(const char *hex, uint8_t *out)
{
	size_t size = 0;
	unsigned int byte;

	for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
		out[size++] = (uint8_t)byte;
	return size;
}

/* The names behind the first, which is always "ethernet". */
static void names_of(const struct layers *layers, char *out)
{
	*out = '\0';
	for (size_t i = 1; i < layers->count; i++)
		sprintf(out + strlen(out), "%s%s", i > 1 ? " " : "", layers->layers[i].name);
}

/* How the data's `layers` call things; what they also say of a header, not of one more, is "". */
static const char *const words[][2] = {
	{"ip4", "ipv4"},
	{"ip6", "ipv6"},
	{"teb", "ethernet"},
	{"pptp", "ppp"},
	{"rh", "ipv6-route"},
	{"dst", "ipv6-opts"},
	{"hbh", "ipv6-hopopts"},
	{"frag6", "ipv6-frag"},
	{"icmp6", "ipv6-icmp"},
	{"nonext", "ipv6-nonxt"},
	{"eth:88be", "erspan"},
	{"eth:22eb", "erspan"},
	{"eth:88cc", "lldp"},
	{"eth:8809", "slow"},
	{"eth:888e", "eapol"},
	{"eth:88e5", "macsec"},
	{"eth:9100", "vlan-9100"},
	{"eth:9200", "vlan-9200"},
	{"eth:894f", "nsh"},
	{"eth:80f3", "ethertype-0x80f3"},
	{"ipp:46", "rsvp"},
	{"ipp:143", "ethernet"},
	{"ipp:140", "shim6"},
	{"ipp:135", "mobility-header"},
	{"ipp:12", "pup"},
	{"ipp:9", "igp"},
	{"ipp:44", "ipv6-frag"},
	{"batman", "batman-adv ethernet"},
	{"label", ""},
	{"S", ""},
	{"K", ""},
	{"C", ""},
	{"A", ""},
	{"ipip", ""},
	{"ip6in", ""},
	{"mplsip", ""},
	{"opt", ""},
	{"frag1", ""},
	{"frag", ""},
	{"first", ""},
	{"gre-v", ""},
	{"gre-rt", ""},
	{"bat-other", ""},
};

static void word_put(char *out, const char *word)
{
	char number[32];

	if (sscanf(word, "eth:%4s", number) == 1)
		sprintf(out, "ethertype-0x%s", number);
	else if (sscanf(word, "ipp:%4s", number) == 1)
		sprintf(out, "ip-protocol-%s", number);
	else
		strcpy(out, word);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(word, words[i][0]))
			strcpy(out, words[i][1]);
}

static void expected_of(char *layers, char *out)
{
	char *word, one[64];

	*out = '\0';
	while ((word = strsep(&layers, " "))) {
		word_put(one, word);
		if (*out && *one)
			strcat(out, " ");
		strcat(out, one);
	}
}

/* Frames that were cut have fewer headers than they say. */
START_TEST(as_the_data)
{
	FILE *data = fopen("tests/data/flow/packets.tsv", "r");
	unsigned int whole = 0, cut = 0;
	char line[LINE], *rest;

	ck_assert_ptr_nonnull(data);
	while ((rest = fgets(line, sizeof(line), data))) {
		char *name = strsep(&rest, "\t"), *flags = strsep(&rest, "\t");
		char *expected_layers = strsep(&rest, "\t"), found[LINE], expected[LINE];
		uint8_t frame[LINE];
		struct layers layers;

		if (*name == '#' || *flags != '0')
			continue;
		layers_find(frame, bytes_of(strsep(&rest, "\t"), frame), 0, &layers);
		names_of(&layers, found);
		expected_of(expected_layers, expected);
		if (!strcmp(found, expected)) {
			whole++;
			continue;
		}
		ck_assert_msg(!strncmp(found, expected, strlen(found)), "%s: %s, not %s", name,
			      found, expected);
		cut++;
	}
	fclose(data);
	ck_assert_uint_gt(whole, 1500);
	ck_assert_uint_lt(cut, whole / 20);
}
END_TEST

#define ETHERNET "020000000001020000000002"
#define OUTER                                                                                      \
	ETHERNET "0800"                                                                            \
		 "4500004e0000400040110000c0000201c6336407"
#define INNER                                                                                      \
	ETHERNET "0800"                                                                            \
		 "4500001c00004000401100000a0000010a0000023039003500080000"

static const struct {
	const char *hex;
	uint32_t options;
	const char *names;
	uint32_t last; /* where the last one begins */
} cases[] = {
	{"", 0, "", 0},
	{ETHERNET "08", 0, "", 0},
	{ETHERNET "0800", 0, "", 0},
	{OUTER "303912b5003a0000"
	       "0800000000002a00" INNER,
	 0, "ipv4 udp", 34},
	{OUTER "303912b5003a0000"
	       "0800000000002a00" INNER,
	 DISSECT_VXLAN, "ipv4 udp vxlan ethernet ipv4 udp", 84},
	{OUTER "303912b5003a0000"
	       "0800000000002a00",
	 DISSECT_VXLAN, "ipv4 udp", 34},
	{ETHERNET "894f"
		  "0002010300000100" INNER,
	 DISSECT_NSH, "nsh ethernet ipv4 udp", 56},
};

START_TEST(offsets_and_options)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t frame[256];
		char found[LINE];
		struct layers layers;

		layers_find(frame, bytes_of(cases[i].hex, frame), cases[i].options, &layers);
		names_of(&layers, found);
		ck_assert_str_eq(found, cases[i].names);
		if (layers.count)
			ck_assert_uint_eq(layers.layers[layers.count - 1].offset, cases[i].last);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {as_the_data, offsets_and_options, NULL};

	return run_tests("layers", tests);
}
