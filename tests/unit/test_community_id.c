// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <stdint.h>
#include <string.h>

#include "community_id.h"
#include "tables.h"

/* Of ICMP the ports stand for type and code, which are in the frame. */
static const struct {
	uint8_t protocol;
	const char *source, *destination;
	uint16_t source_port, destination_port;
	const char *id;
} cases[] = {
	{6, "128.232.110.120", "66.35.250.204", 34855, 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
	{6, "66.35.250.204", "128.232.110.120", 80, 34855, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
	{6, "1.2.3.4", "43.3.132.3", 4584, 3483, "1:koNcqhFRD5kb254ZrLsdv630jCM="},
	{17, "192.168.1.52", "8.8.8.8", 54585, 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
	{17, "8.8.8.8", "192.168.1.52", 53, 54585, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
	{1, "192.168.0.89", "192.168.0.1", 8, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="},
	{1, "192.168.0.1", "192.168.0.89", 0, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="},
	{1, "192.168.0.1", "192.168.0.89", 3, 1, "1:o3zT92uTgnRWv/YrDVeXcWumpC4="},
	{58, "fe80::1", "ff02::1", 135, 0, "1:aiTDkLk3othnEubZO7BJEEW0vIM="},
	{58, "fe80::1", "fe80::2", 1, 4, "1:PQpOWBr5/ICePGOnTMaFJZeK2us="},
	{58, "fe80::2", "fe80::1", 129, 0, "1:3H+V/JVcqh/phPel5utt4dOKqOU="},
	{132, "192.168.170.8", "192.168.170.56", 7, 80, "1:jQgCxbku+pNGw8WPbEc/TS/uTpQ="},
	{47, "10.0.0.9", "10.0.0.1", 0, 0, "1:SapCeQDx496z5gW0IxiML5v2lEE="},
	{33, "10.0.0.9", "10.0.0.1", 5, 6, "1:rgYfegD39Fx1Ao4z08Oc9vDJSS4="},
};

static const uint8_t nothing[4];

static void keys_fill(struct bpf_flow_keys *keys, int family, const char *source,
		      const char *destination)
{
	memset(keys, 0, sizeof(*keys));
	keys->addr_proto = family == AF_INET ? ETH_P_IP : ETH_P_IPV6;
	inet_pton(family, source, family == AF_INET ? &keys->ipv4_src : keys->ipv6_src);
	inet_pton(family, destination, family == AF_INET ? &keys->ipv4_dst : keys->ipv6_dst);
}

START_TEST(as_published)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const uint8_t icmp[4] = {(uint8_t)cases[i].source_port,
					 (uint8_t)cases[i].destination_port};
		bool is_icmp = cases[i].protocol == 1 || cases[i].protocol == 58;
		struct bpf_flow_keys keys;
		char id[COMMUNITY_ID_SIZE];

		keys_fill(&keys, strchr(cases[i].source, ':') ? AF_INET6 : AF_INET, cases[i].source,
			  cases[i].destination);
		keys.ip_proto = cases[i].protocol;
		if (!is_icmp) {
			keys.sport = htons(cases[i].source_port);
			keys.dport = htons(cases[i].destination_port);
		}
		ck_assert(community_id(&keys, is_icmp ? icmp : nothing, 4, id));
		ck_assert_str_eq(id, cases[i].id);
	}
}
END_TEST

/* One that was made of half a flow would be found nowhere else. */
START_TEST(none_without_the_whole_flow)
{
	struct bpf_flow_keys keys = {0};
	char id[COMMUNITY_ID_SIZE];

	ck_assert(!community_id(&keys, nothing, 4, id));
	keys_fill(&keys, AF_INET, "10.0.0.1", "10.0.0.2");
	keys.ip_proto = 6;
	ck_assert(community_id(&keys, nothing, 4, id));
	ck_assert(!community_id(&keys, nothing, 3, id));
	keys.is_frag = 1;
	ck_assert(!community_id(&keys, nothing, 4, id));
	keys.sport = htons(80);
	ck_assert(community_id(&keys, nothing, 4, id));
	keys.ip_proto = 1;
	ck_assert(!community_id(&keys, nothing, 4, id));
	keys.is_frag = 0;
	keys.thoff = 3;
	ck_assert(!community_id(&keys, nothing, 4, id));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {as_published, none_without_the_whole_flow, NULL};

	return run_tests("community_id", tests);
}
