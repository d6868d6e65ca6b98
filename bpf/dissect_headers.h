/* SPDX-License-Identifier: GPL-2.0-only */
/* Headers that bpf/dissect.bpf.c meets and the kernel's own headers for user space leave out. */
#ifndef DISSECT_HEADERS_H
#define DISSECT_HEADERS_H

#include <linux/if_ether.h>
#include <linux/types.h>

#ifndef ETH_P_CFM
#define ETH_P_CFM 0x8902
#endif

#define IPV4_MORE_FRAGMENTS  0x2000
#define IPV4_FRAGMENT_OFFSET 0x1fff

#define IPV6_FLOW_LABEL	     0x000fffff
#define IPV6_FRAGMENT_OFFSET 0xfff8

struct ipv6_extension {
	__u8 next;
	__u8 length; /* in 8 bytes, the first 8 not counted */
};

struct ipv6_fragment {
	__u8 next;
	__u8 reserved;
	__be16 offset;
	__be32 id;
};

/* The second half of an 802.1Q tag, and the last 4 bytes of an HSR or PRP tag. */
struct tag_header {
	__be16 value;
	__be16 protocol;
};

#define HSR_TAG 2 /* bytes before the tag_header */

struct gre_header {
	__be16 flags;
	__be16 protocol;
};

#define GRE_CHECKSUM	    0x8000
#define GRE_ROUTING	    0x4000
#define GRE_KEY		    0x2000
#define GRE_SEQUENCE	    0x1000
#define GRE_ACKNOWLEDGE	    0x0080
#define GRE_VERSION_1	    0x0001
#define GRE_VERSION_ABOVE_1 0x0006
#define GRE_FIELD_SIZE	    4
#define GRE_PPP		    0x880b

struct ppp_header {
	__u8 address;
	__u8 control;
	__be16 protocol;
};

#define PPP_IP	    0x0021
#define PPP_IPV6    0x0057
#define PPP_MPLS_UC 0x0281
#define PPP_MPLS_MC 0x0283
/* A PPP protocol number is even in its high byte and odd in its low one. */
#define PPP_VALID_MASK 0x0101
#define PPP_VALID      0x0001

struct pppoe_header {
	__u8 version_type;
	__u8 code;
	__be16 session;
	__be16 length;
	__be16 protocol;
};

#define PPPOE_VERSION_TYPE 0x11

struct batman_header {
	__u8 type;
	__u8 version;
	__u8 ttl;
	__u8 ttvn;
	__u8 destination[ETH_ALEN];
	struct ethhdr ethernet;
};

#define BATMAN_UNICAST 0x40
#define BATMAN_VERSION 15

#define VXLAN_PORT	  4789
#define VXLAN_SIZE	  8
#define VXLAN_HAS_NETWORK 0x08

#define GENEVE_PORT    6081
#define GENEVE_SIZE    8
#define GENEVE_VERSION 0xc0
#define GENEVE_OPTIONS 0x3f /* in 4 bytes */
#define GENEVE_CONTROL 0x80

#define GTP_PORT       2152
#define GTP_SIZE       8
#define GTP_KIND       0xf0
#define GTP_KIND_USER  0x30 /* version 1, and not GTP' */
#define GTP_PACKET     0xff
#define GTP_HAS_REST   0x07 /* one of three fields; then there is room for all */
#define GTP_REST       4
#define GTP_EXTENDED   0x04
#define GTP_EXTENSIONS 4 /* how many are gone through */

#define GUE_PORT    6080
#define GUE_SIZE    4
#define GUE_VERSION 0xc0
#define GUE_BARE    0x40 /* version 1: an IP packet without a header */
#define GUE_CONTROL 0x20
#define GUE_FIELDS  0x1f /* in 4 bytes */

#define NSH_VERSION  0xc0
#define NSH_CONTROL  0x20
#define NSH_LENGTH   0x3f /* in 4 bytes */
#define NSH_LEAST    8
#define NSH_NEXT     0xff
#define NSH_IPV4     1
#define NSH_IPV6     2
#define NSH_ETHERNET 3
#define NSH_NSH	     4
#define NSH_MPLS     5

#define ERSPAN_SIZE   8
#define ERSPAN_3_SIZE 12
#define ERSPAN_3_MORE 0x01
#define ERSPAN_3_REST 8

#define AH_INDEX	4
#define MPLS_LABEL_SIZE 4
#define TIPC_SIZE	16
#define FCOE_SIZE	38
#define PTP_SIZE	34

#endif
