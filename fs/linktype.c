// SPDX-License-Identifier: GPL-2.0-only
#include "linktype.h"

#include <arpa/inet.h>
#include <byteswap.h>
#include <errno.h>
#include <string.h>

#include "explain.h"

#define SLL_SIZE  16
#define SLL2_SIZE 20
#define ENC_SIZE  12

typedef int header_make(const uint8_t *bytes, size_t size, struct linktype_header *header);

static int header_set(struct linktype_header *header, size_t skip, uint16_t protocol)
{
	header->skip = skip;
	header->size = ETH_HLEN;
	header->ethernet.h_proto = htons(protocol);
	return 0;
}

static int make_ethernet(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	(void)bytes;
	(void)size;
	header->skip = 0;
	header->size = 0;
	return 0;
}

static int make_ip(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	if (size && bytes[0] >> 4 == 4)
		return header_set(header, 0, ETH_P_IP);
	if (size && bytes[0] >> 4 == 6)
		return header_set(header, 0, ETH_P_IPV6);
	return -EINVAL;
}

static int make_ipv4(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	(void)bytes;
	(void)size;
	return header_set(header, 0, ETH_P_IP);
}

static int make_ipv6(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	(void)bytes;
	(void)size;
	return header_set(header, 0, ETH_P_IPV6);
}

/* Each system has its own number for IPv6, and writes it in its own byte order. */
static int header_family(struct linktype_header *header, uint32_t family, size_t skip)
{
	if (family > 0xffff)
		family = bswap_32(family);
	switch (family) {
	case 2:
		return header_set(header, skip, ETH_P_IP);
	case 10: /* Linux */
	case 24: /* NetBSD, OpenBSD */
	case 28: /* FreeBSD */
	case 30: /* macOS */
		return header_set(header, skip, ETH_P_IPV6);
	}
	return -EINVAL;
}

static int make_null(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	uint32_t family;

	if (size < sizeof(family))
		return -EINVAL;
	memcpy(&family, bytes, sizeof(family));
	return header_family(header, family, sizeof(family));
}

static int make_enc(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	uint32_t family;

	if (size < ENC_SIZE)
		return -EINVAL;
	memcpy(&family, bytes, sizeof(family));
	return header_family(header, family, ENC_SIZE);
}

static int make_sll(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	if (size < SLL_SIZE)
		return -EINVAL;
	memcpy(header->ethernet.h_source, bytes + 6, ETH_ALEN);
	return header_set(header, SLL_SIZE, bytes[14] << 8 | bytes[15]);
}

static int make_sll2(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	if (size < SLL2_SIZE)
		return -EINVAL;
	memcpy(header->ethernet.h_source, bytes + 12, ETH_ALEN);
	return header_set(header, SLL2_SIZE, bytes[0] << 8 | bytes[1]);
}

static int header_ppp(const uint8_t *bytes, size_t size, size_t skip,
		      struct linktype_header *header)
{
	static const struct {
		uint16_t ppp, ethernet;
	} protocols[] = {
		{0x0021, ETH_P_IP},
		{0x0057, ETH_P_IPV6},
		{0x0281, ETH_P_MPLS_UC},
		{0x0283, ETH_P_MPLS_MC},
	};

	/* The address and control bytes may have been left out. */
	if (size >= skip + 2 && bytes[skip] == 0xff && bytes[skip + 1] == 0x03)
		skip += 2;
	if (size < skip + 2)
		return -EINVAL;
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (protocols[i].ppp == (bytes[skip] << 8 | bytes[skip + 1]))
			return header_set(header, skip + 2, protocols[i].ethernet);
	return -EINVAL;
}

static int make_hdlc(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	if (size < 4)
		return -EINVAL;
	return header_set(header, 4, bytes[2] << 8 | bytes[3]);
}

static int make_ppp(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	/* Unicast or multicast frames of Cisco's own framing. */
	if (size && (bytes[0] == 0x0f || bytes[0] == 0x8f))
		return make_hdlc(bytes, size, header);
	return header_ppp(bytes, size, 0, header);
}

static int make_ppp_direction(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	return header_ppp(bytes, size, 1, header);
}

static int make_pppoe(const uint8_t *bytes, size_t size, struct linktype_header *header)
{
	(void)bytes;
	(void)size;
	return header_set(header, 0, ETH_P_PPP_SES);
}

static const struct {
	uint32_t number;
	header_make *make;
} link_types[] = {
	{LINKTYPE_ETHERNET, make_ethernet},
	{0, make_null}, /* BSD loopback */
	{108, make_null}, /* OpenBSD loopback */
	{101, make_ip}, /* raw IP */
	{12, make_ip}, /* the same, by its number on most systems */
	{14, make_ip}, /* the same, on OpenBSD */
	{228, make_ipv4},
	{229, make_ipv6},
	{113, make_sll}, /* Linux cooked */
	{276, make_sll2}, /* Linux cooked, version 2 */
	{9, make_ppp}, /* PPP */
	{50, make_ppp}, /* PPP in HDLC framing */
	{204, make_ppp_direction}, /* PPP after a byte for the direction */
	{51, make_pppoe}, /* PPPoE session */
	{104, make_hdlc}, /* Cisco HDLC */
	{109, make_enc}, /* OpenBSD IPsec */
};

static header_make *link_type_find(uint32_t link_type)
{
	for (size_t i = 0; i < sizeof(link_types) / sizeof(link_types[0]); i++)
		if (link_types[i].number == link_type)
			return link_types[i].make;
	return NULL;
}

bool linktype_known(uint32_t link_type)
{
	return link_type_find(link_type) != NULL;
}

int linktype_refuse(uint32_t link_type)
{
	return explain(-EPROTONOSUPPORT, "capture on an Ethernet or IP interface, or on `any`",
		       "link type %u can't be given an Ethernet header", link_type);
}

int linktype_header(uint32_t link_type, const uint8_t *bytes, size_t size,
		    struct linktype_header *header)
{
	memset(header, 0, sizeof(*header));
	return link_type_find(link_type)(bytes, size, header);
}
